import { createHash } from 'node:crypto';
import { limits, type FileStatus, type OpenFile, type PieceReceipt } from '@fairtake/contracts';
import { Database, violatedUnique, type FileRow, type TenantContext } from '@fairtake/database';
import { settingsOf, shownFileName } from '@fairtake/domain';
import { AppError, Failpoints } from '@fairtake/server-kit';
import { storageKeys, type Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, STORAGE } from '../infrastructure.module';
import { requireOpenResponse } from '../responses/open-response';
import type { CandidateActor } from '../security/actors';
import { fileStatus, pieceBytesOf, pieceCountOf } from './file-status.mapper';

/** One piece as it came off the wire. */
export interface IncomingPiece {
  fileId: string;
  index: number;
  /** Lower-case hex from the Content-Digest header. */
  sha256: string;
  body: Buffer;
}

/** Files on their way to an answer: announced, then piece by piece, each durable before it is acknowledged (I1). */
@Injectable()
export class FilesService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly clock: Clock,
    private readonly failpoints: Failpoints,
  ) {}

  /** Announces a file. The same again tells what has arrived of it: that is how a broken upload goes on. */
  async open(candidate: CandidateActor, fileId: string, request: OpenFile): Promise<FileStatus> {
    try {
      return await this.database.inOrganisation(candidate.organisationId, async (tx) => {
        const open = await requireOpenResponse(tx, candidate, request.questionId, this.clock.now());
        const settings = settingsOf(open.question);
        if (settings?.kind !== 'file') throw new AppError('not_found');
        const known = await tx.files.find(candidate.interviewId, fileId);
        if (known) {
          if (known.answerId !== open.answer.id) throw new AppError('not_found');
          if (known.sizeBytes !== request.sizeBytes) throw new AppError('file_differs');
          return fileStatus(known, await tx.files.pieces(fileId));
        }
        if (request.sizeBytes > settings.maxMegabytes * 1024 * 1024) throw new AppError('file_too_large');
        await this.requireRoom(tx, candidate.interviewId, request.sizeBytes);
        const name = shownFileName(request.name);
        const at = this.clock.now();
        await tx.files.open({
          ...{ id: fileId, answerId: open.answer.id, interviewId: candidate.interviewId },
          ...{ name, sizeBytes: request.sizeBytes, at },
        });
        return fileStatus((await tx.files.find(candidate.interviewId, fileId))!, []);
      });
    } catch (error) {
      // Given up before, or another interview's: not yours to go on with.
      if (violatedUnique(error) === 'pk_file') throw new AppError('not_found');
      throw error;
    }
  }

  /** @returns `repeated` true when the same bytes were held already */
  async receive(
    candidate: CandidateActor,
    piece: IncomingPiece,
  ): Promise<{ receipt: PieceReceipt; repeated: boolean }> {
    const { fileId, index, sha256, body } = piece;
    if (createHash('sha256').update(body).digest('hex') !== sha256) throw new AppError('digest_differs');
    const receipt = { index, sizeBytes: body.length, sha256 };
    const held = await this.database.inOrganisation(candidate.organisationId, (tx) =>
      this.admit(tx, candidate, piece),
    );
    if (held) return { receipt, repeated: true };
    const { organisationId } = candidate;
    const storageKey = storageKeys.filePiece({ organisationId, fileId, index, sha256 });
    await this.storage.put(storageKey, body, { sha256, sizeBytes: body.length });
    await this.failpoints.reach('piece.after_put');
    const placed = await this.database.inOrganisation(organisationId, (tx) =>
      tx.files.recordPiece(fileId, { ...receipt, storageKey }),
    );
    if (placed?.sha256 === sha256) return { receipt, repeated: false };
    // Keys end in the digest: these bytes are in nobody's place, and no row would ever lead to them.
    await this.storage.delete(storageKey);
    throw new AppError(placed ? 'chunk_differs' : 'file_closed');
  }

  /** @returns true when the same bytes are held already; throws when this piece may not be stored */
  private async admit(tx: TenantContext, candidate: CandidateActor, piece: IncomingPiece): Promise<boolean> {
    const file = await this.requireFile(tx, candidate, piece.fileId);
    if (piece.index >= pieceCountOf(file) || piece.body.length !== pieceBytesOf(file, piece.index))
      throw new AppError('chunk_length_wrong');
    const held = (await tx.files.pieces(file.id)).find((one) => one.index === piece.index);
    if (held && held.sha256 !== piece.sha256) throw new AppError('chunk_differs');
    if (held) return true;
    if (file.state !== 'open') throw new AppError('file_closed');
    await requireOpenResponse(tx, candidate, file.questionId, this.clock.now());
    return false;
  }

  private async requireFile(tx: TenantContext, candidate: CandidateActor, fileId: string): Promise<FileRow> {
    const file = await tx.files.find(candidate.interviewId, fileId);
    if (!file) throw new AppError('not_found');
    return file;
  }

  private async requireRoom(tx: TenantContext, interviewId: string, sizeBytes: number): Promise<void> {
    const announced = await tx.files.announced(interviewId);
    if (
      announced.files >= limits.interviewFilesMax ||
      announced.bytes + sizeBytes > limits.interviewFilesMaxBytes
    )
      throw new AppError('files_too_many');
  }
}
