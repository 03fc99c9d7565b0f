/** Input of the network that cannot be used: what was expected, what was found, what to do. */
export class NetworkError extends Error {
  readonly code: 'osm_broken' | 'osm_empty' | 'heights_broken' | 'network_file_broken' | 'network_file_other_version';

  constructor(code: NetworkError['code'], message: string) {
    super(message);
    this.name = 'NetworkError';
    this.code = code;
  }
}
