import { Database, type ObjectRow, type TenantContext } from '@fairtake/database';
import { fileContentTypes, savedFileName } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../security/actors';
import { renditionPlaylist, sourcePlaylist } from './answer-playlist';

/** The answer and generation a media address names. */
export interface MediaPlace {
  answerId: string;
  generation: number;
}

export type ServedObject = ObjectRow & { contentType: string };

/**
 * Decides on every request anew who may fetch what: recruiters and admins of the organisation, and the reviewers an
 * answer was given to. There are no tickets, so a lost role ends access at once.
 */
@Injectable()
export class MediaAccessService {
  constructor(private readonly database: Database) {}

  sourcePlaylist(member: MemberActor, place: MediaPlace): Promise<string> {
    return this.whenAllowed(member, place, async (tx, takeId) => {
      if (takeId === null) throw new AppError('not_found');
      const playlist = sourcePlaylist(await tx.segments.proved(takeId));
      if (playlist === null) throw new AppError('not_found');
      return playlist;
    });
  }

  renditionPlaylist(member: MemberActor, place: MediaPlace, kind: string): Promise<string> {
    return this.whenAllowed(member, place, async (tx) => {
      const rendition = await tx.media.rendition(place.answerId, place.generation, kind);
      const playlist = rendition && renditionPlaylist(rendition);
      if (!playlist) throw new AppError('not_found');
      return playlist;
    });
  }

  chunk(member: MemberActor, place: MediaPlace, segment: number, index: number): Promise<ServedObject> {
    return this.whenAllowed(member, place, async (tx, takeId) => {
      const chunk = takeId === null ? null : await tx.segments.findChunk(takeId, segment, index);
      if (!chunk) throw new AppError('not_found');
      return { ...chunk, contentType: 'video/mp4' };
    });
  }

  rendition(member: MemberActor, place: MediaPlace, kind: string): Promise<ServedObject> {
    return this.whenAllowed(member, place, async (tx) => {
      const rendition = await tx.media.rendition(place.answerId, place.generation, kind);
      if (!rendition) throw new AppError('not_found');
      return { ...rendition, contentType: rendition.mimeType };
    });
  }

  poster(member: MemberActor, place: MediaPlace): Promise<ServedObject> {
    return this.whenAllowed(member, place, async (tx) => {
      const poster = await tx.media.asset(place.answerId, place.generation, 'poster');
      if (!poster) throw new AppError('not_found');
      return { ...poster, contentType: 'image/jpeg' };
    });
  }

  /**
   * The file a candidate gave, with the name to save it under. Who judges without knowing whose answer it is gets a
   * name that says nothing. Each reading is recorded: a file goes on living where it was saved.
   */
  file(member: MemberActor, place: MediaPlace): Promise<ServedObject & { downloadName: string }> {
    return this.whenAllowed(member, place, async (tx) => {
      const { answerId } = place;
      const file = await tx.media.keptFile(answerId);
      if (!file) throw new AppError('not_found');
      await tx.audit.record({
        actor: { kind: 'member', id: member.memberId },
        action: 'answer.file_read',
        subjectKind: 'answer',
        subjectId: answerId,
        detail: { generation: place.generation },
      });
      const hidden =
        file.blind && (member.role === 'reviewer' || (await tx.media.isAssigned(member.memberId, answerId)));
      return {
        ...file,
        contentType: fileContentTypes[file.type],
        downloadName: savedFileName(hidden ? `answer-${answerId.slice(0, 8)}` : file.name, file.type),
      };
    });
  }

  /** A view: one row per playback id, and its audit row with it (I16). */
  recordPlayback(member: MemberActor, place: MediaPlace, playbackId: string): Promise<void> {
    return this.whenAllowed(member, place, async (tx) => {
      const { memberId } = member;
      const first = await tx.media.recordPlayback({ id: playbackId, memberId, ...place });
      if (first)
        await tx.audit.record({
          actor: { kind: 'member', id: memberId },
          action: 'answer.played',
          subjectKind: 'answer',
          subjectId: place.answerId,
          detail: { generation: place.generation },
        });
    });
  }

  private whenAllowed<T>(
    member: MemberActor,
    place: MediaPlace,
    work: (tx: TenantContext, takeId: string | null) => Promise<T>,
  ): Promise<T> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const assigned =
        member.role === 'reviewer' ? await tx.media.isAssigned(member.memberId, place.answerId) : true;
      const playable = assigned ? await tx.media.findPlayable(place.answerId, place.generation) : null;
      if (!playable) throw new AppError('not_found');
      return work(tx, playable.takeId);
    });
  }
}
