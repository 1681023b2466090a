import { ChunkParams, Id, RecordPlayback } from '@fairtake/contracts';
import { fileContentTypes } from '@fairtake/domain';
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { Access, everyRole, RepliesBytes, RepliesNothing } from '../routes/route-declarations';
import { CurrentMember, type MemberActor } from '../security/actors';
import { MediaAccessService, type MediaPlace } from './media-access.service';
import { ObjectSender } from './object-sender';

const generation = z
  .string()
  .regex(/^[1-9]\d{0,6}$/)
  .transform(Number);
const MediaParams = z.strictObject({ answerId: Id, generation });
const { segment, index } = ChunkParams.shape;
const ChunkPlace = MediaParams.extend({ segment, index });
type ChunkPlace = z.infer<typeof ChunkPlace>;
const RenditionPlace = MediaParams.extend({
  kind: z.enum(['progressive', 'hls_720', 'hls_360', 'hls_audio']),
});
type RenditionPlace = z.infer<typeof RenditionPlace>;
const PlaylistPlace = MediaParams.extend({
  playlist: z.enum(['source.m3u8', 'hls_720.m3u8', 'hls_360.m3u8', 'hls_audio.m3u8']),
});
type PlaylistPlace = z.infer<typeof PlaylistPlace>;
const AnswerParams = z.strictObject({ answerId: Id });
const playlistType = 'application/vnd.apple.mpegurl';

@Controller('media/answers/:answerId/:generation')
export class MediaController {
  constructor(
    private readonly access: MediaAccessService,
    private readonly sender: ObjectSender,
  ) {}

  @Get('playlists/:playlist')
  @Access({ staff: everyRole })
  @RepliesBytes([playlistType])
  async playlist(
    @Param({ schema: PlaylistPlace }) { playlist, ...place }: PlaylistPlace,
    @CurrentMember() member: MemberActor,
    @Res() response: Response,
  ): Promise<void> {
    const kind = playlist.replace('.m3u8', '');
    const text =
      kind === 'source'
        ? await this.access.sourcePlaylist(member, place)
        : await this.access.renditionPlaylist(member, place, kind);
    response.set({ 'Content-Type': playlistType, 'Cache-Control': 'private, no-store' }).send(text);
  }

  @Get('chunks/:segment/:index')
  @Access({ staff: everyRole })
  @RepliesBytes(['video/mp4'])
  async chunk(
    @Param({ schema: ChunkPlace }) { segment, index, ...place }: ChunkPlace,
    @CurrentMember() member: MemberActor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sender.send(await this.access.chunk(member, place, segment, index), request, response);
  }

  @Get('renditions/:kind')
  @Access({ staff: everyRole })
  @RepliesBytes(['video/mp4', 'video/webm', 'audio/webm', 'audio/mp4'])
  async rendition(
    @Param({ schema: RenditionPlace }) { kind, ...place }: RenditionPlace,
    @CurrentMember() member: MemberActor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sender.send(await this.access.rendition(member, place, kind), request, response);
  }

  @Get('poster.jpg')
  @Access({ staff: everyRole })
  @RepliesBytes(['image/jpeg'])
  async poster(
    @Param({ schema: MediaParams }) place: MediaPlace,
    @CurrentMember() member: MemberActor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sender.send(await this.access.poster(member, place), request, response);
  }
}

@Controller('media/answers/:answerId/:generation/file')
export class GivenFileController {
  constructor(
    private readonly access: MediaAccessService,
    private readonly sender: ObjectSender,
  ) {}

  /** Always to be saved, never to be opened as a page; a preview shows pictures through <img>. */
  @Get()
  @Access({ staff: everyRole })
  @RepliesBytes(Object.values(fileContentTypes))
  async file(
    @Param({ schema: MediaParams }) place: MediaPlace,
    @CurrentMember() member: MemberActor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sender.send(await this.access.file(member, place), request, response);
  }
}

@Controller('api/v1/answers/:answerId/playbacks')
export class PlaybackController {
  constructor(private readonly access: MediaAccessService) {}

  @Post()
  @Access({ staff: everyRole })
  @RepliesNothing()
  async record(
    @Param({ schema: AnswerParams }) { answerId }: { answerId: string },
    @Body({ schema: RecordPlayback }) { playbackId, generation }: RecordPlayback,
    @CurrentMember() member: MemberActor,
  ): Promise<void> {
    await this.access.recordPlayback(member, { answerId, generation }, playbackId);
  }
}
