export declare function ensurePostgresSymlinks(directory?: string): number;
export declare function postgresUser(): { uid: number; gid: number } | Record<string, never>;
export declare function othersMayEnter(directory: string): boolean;
export declare function postgresBinaries(options?: { copyDirectory?: string }): {
  initdb: string;
  postgres: string;
  pgCtl: string;
};
