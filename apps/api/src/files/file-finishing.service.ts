import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FileStatus, FileType } from '@fairtake/contracts';
import { Database, type FileRow, type PieceRow } from '@fairtake/database';
import { FileTypeDetector, settingsOf } from '@fairtake/domain';
import { AppError, Failpoints, type Logger } from '@fairtake/server-kit';
import { storageKeys, type Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, LOGGER, STORAGE } from '../infrastructure.module';
import { requireOpenResponse } from '../responses/open-response';
import type { CandidateActor } from '../security/actors';
import { fileStatus, pieceCountOf } from './file-status.mapper';

/** Puts the pieces of a file together and finds out what they are. */
@Injectable()
export class FileFinishingService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly clock: Clock,
    private readonly failpoints: Failpoints,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Proves that every piece has arrived, reads them back once and writes the whole. One MiB is in memory at a time and
   * nothing is unpacked. A file of a type the question does not allow is given up.
   *
   * @param manifest SHA-256 over the raw digests of the pieces, as the sender computed it
   */
  async finish(candidate: CandidateActor, fileId: string, manifest: string): Promise<FileStatus> {
    const { file, pieces, types } = await this.find(candidate, fileId);
    if (file.state !== 'open') return fileStatus(file, []);
    if (pieces.length < pieceCountOf(file)) throw new AppError('file_not_received');
    if (manifestOf(pieces) !== manifest) throw new AppError('manifest_differs');
    const { organisationId } = candidate;
    const storageKey = storageKeys.wholeFile({ organisationId, fileId });
    const detector = new FileTypeDetector();
    const whole = await this.assemble(candidate, file, pieces, { storageKey, detector });
    if (!whole) return this.status(candidate, fileId);
    const type = detector.result();
    if (!type || !types.includes(type)) {
      await this.database.inOrganisation(organisationId, (tx) => tx.files.discard(fileId));
      throw new AppError('file_type_refused');
    }
    await this.failpoints.reach('file.after_put');
    const { sha256 } = whole;
    const received = await this.database.inOrganisation(organisationId, (tx) =>
      tx.files.receive(fileId, { type, storageKey, sha256, at: this.clock.now() }),
    );
    await this.failpoints.reach('file.after_commit');
    // Given up meanwhile, and its folder emptied: no row leads to the whole any more.
    if (!received && !(await this.isKnown(candidate, fileId))) await this.storage.delete(storageKey);
    else await this.clearPieces(organisationId, fileId, storageKey);
    return this.status(candidate, fileId);
  }

  private find(
    candidate: CandidateActor,
    fileId: string,
  ): Promise<{ file: FileRow; pieces: PieceRow[]; types: readonly FileType[] }> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      // Interview before file, as everywhere. While this holds the file nobody receives it, so an open one still has its
      // pieces.
      await tx.interviews.lock(candidate.interviewId);
      const file = await tx.files.find(candidate.interviewId, fileId, 'FOR UPDATE OF f');
      if (!file) throw new AppError('not_found');
      if (file.state !== 'open') return { file, pieces: [], types: [] };
      const { question } = await requireOpenResponse(tx, candidate, file.questionId, this.clock.now());
      const settings = settingsOf(question);
      const types = settings?.kind === 'file' ? settings.types : [];
      return { file, pieces: await tx.files.pieces(fileId), types };
    });
  }

  /** @returns null when another request finished the file meanwhile and took its pieces away */
  private async assemble(
    candidate: CandidateActor,
    file: FileRow,
    pieces: readonly PieceRow[],
    into: { storageKey: string; detector: FileTypeDetector },
  ): Promise<{ sha256: string } | null> {
    try {
      const bytes = Readable.from(this.readPieces(pieces, into.detector), { objectMode: false });
      return await this.storage.put(into.storageKey, bytes, { sizeBytes: file.sizeBytes });
    } catch (error) {
      const now = await this.database.inOrganisation(candidate.organisationId, (tx) =>
        tx.files.find(candidate.interviewId, file.id),
      );
      if (now && now.state !== 'open') return null;
      throw error;
    }
  }

  private async *readPieces(pieces: readonly PieceRow[], detector: FileTypeDetector): AsyncGenerator<Buffer> {
    for (const piece of pieces) {
      const bytes = await this.storage.read(piece.storageKey);
      if (createHash('sha256').update(bytes).digest('hex') !== piece.sha256)
        throw new Error(`Stored bytes of file piece ${piece.index} do not have their digest`);
      detector.add(bytes);
      yield bytes;
    }
  }

  /** The whole is what counts now, and every other object of the file goes, named by a row or not. What a killed process leaves of this is cleared away by housekeeping. */
  private async clearPieces(organisationId: string, fileId: string, wholeKey: string): Promise<void> {
    try {
      for await (const { key } of this.storage.list(storageKeys.fileFolder({ organisationId, fileId })))
        if (key !== wholeKey) await this.storage.delete(key);
      await this.database.inOrganisation(organisationId, (tx) => tx.files.forgetPieces(fileId));
    } catch (error) {
      this.logger.warn({ err: error, fileId }, 'pieces of a received file are left for housekeeping');
    }
  }

  private async isKnown({ organisationId, interviewId }: CandidateActor, fileId: string): Promise<boolean> {
    const file = await this.database.inOrganisation(organisationId, (tx) =>
      tx.files.find(interviewId, fileId),
    );
    return file !== null;
  }

  private status(candidate: CandidateActor, fileId: string): Promise<FileStatus> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const file = await tx.files.find(candidate.interviewId, fileId);
      if (!file) throw new AppError('not_found');
      return fileStatus(file, []);
    });
  }
}

function manifestOf(pieces: readonly PieceRow[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(Buffer.from(piece.sha256, 'hex'));
  return hash.digest('hex');
}
