import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { perDegree } from './network.ts';
import { NetworkError } from './network-error.ts';
import type { OsmSource } from './osm-ways.ts';
import type { Tags } from './walkable.ts';

/** How many characters are given to the parser at once. */
const portion = 1_000_000;

/**
 * A file .osm, unpacked and read as text. A document type is refused: it could name other files.
 * @throws NetworkError osm_broken: not XML, cut short, or with a document type
 */
export function openOsmXml(text: string): OsmSource {
  return {
    eachWay(take) {
      let [refs, id]: [number[], number] = [[], 0];
      parse(text, {
        open: ({ name, attributes }) => {
          if (name === 'way') [refs, id] = [[], Number(attributes['id'])];
          if (name === 'nd') refs.push(Number(attributes['ref']));
        },
        close: (name, tags) => name === 'way' && take(refs, tags ?? {}, id),
      });
    },
    eachNode(take) {
      let node: Record<string, string> = {};
      parse(text, {
        open: ({ name, attributes }) => {
          if (name === 'node') node = attributes;
        },
        close: (name, tags) =>
          name === 'node' && take(Number(node['id']), toUnits(node['lon']), toUnits(node['lat']), tags),
      });
    },
  };
}

const toUnits = (degrees: string | undefined): number => Math.round(Number(degrees) * perDegree);

interface Taker {
  open(tag: SaxesTagPlain): void;
  /** Tags of the element that ends; null where it has none. */
  close(name: string, tags: Tags | null): void;
}

function parse(text: string, { open, close }: Taker): void {
  let [tags, root]: [Record<string, string> | null, string | undefined] = [null, undefined];
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new NetworkError(
      'osm_broken',
      'The .osm file declares a document type, which is refused. Remove the DOCTYPE.',
    );
  });
  parser.on('error', (error) => {
    throw new NetworkError(
      'osm_broken',
      `The .osm file is not well-formed XML (${error.message}). It is cut short or none; fetch it again.`,
    );
  });
  parser.on('opentag', (tag) => {
    root ??= tag.name;
    if (root !== 'osm')
      throw new NetworkError('osm_broken', `Expected the element osm, found ${root.slice(0, 40)}. Give a file .osm.`);
    if (tag.name === 'node' || tag.name === 'way' || tag.name === 'relation') tags = null;
    if (tag.name === 'tag') {
      tags ??= {};
      tags[tag.attributes['k'] ?? ''] = tag.attributes['v'] ?? '';
    }
    open(tag);
  });
  parser.on('closetag', ({ name }) => close(name, tags));
  for (let at = 0; at < text.length; at += portion) parser.write(text.slice(at, at + portion));
  parser.close();
  if (root === undefined) throw new NetworkError('osm_broken', 'Expected a file .osm, found no element.');
}
