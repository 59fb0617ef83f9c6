import type { MapPoints } from '../../api';
import { useSettings } from '../settings/settings';
import { Text } from '../text/phrase';
import {
  confidenceColour,
  cssColour,
  groupColours,
  isToldApart,
  type Colouring,
  type Palette,
} from './colours';

/** More names than these are told by their number alone. */
const mostNamed = 8;

/** What the colours of the map stand for. */
export function MapLegend({
  points,
  colouring,
  palette,
}: {
  points: MapPoints;
  colouring: Colouring;
  palette: Palette;
}) {
  const { words, numbers } = useSettings();
  const { mapWords: own } = words;
  const told = colouring === 'confidence' ? [] : largestToldApart(points, colouring, palette);
  return (
    <p className="map-legend soft">
      {colouring === 'confidence' ? (
        <>
          {own.low}
          {[0, 0.25, 0.5, 0.75, 1].map((confidence) => (
            <Dot key={confidence} colour={cssColour(confidenceColour(confidence, palette))} />
          ))}
          {own.high}
          <Dot colour={cssColour(palette.faint)} /> {own.legendNone}
        </>
      ) : (
        <>
          {told.slice(0, mostNamed).map(({ id, name, colour }) => (
            <span key={id} className="map-legend-entry">
              <Dot colour={cssColour(colour)} /> <Text text={name} characters={40} />
            </span>
          ))}
          {told.length > mostNamed && <> {words.andMore(numbers.count(told.length - mostNamed))}</>}
          {colouring === 'proposal' && (
            <>
              <Dot colour={cssColour(palette.grey)} /> {own.legendIntent}
            </>
          )}
          {colouring === 'intent' && (
            <>
              <Dot colour={cssColour(palette.grey)} /> {own.legendProposals}
            </>
          )}
          <Dot colour={cssColour(palette.faint)} /> {own.legendTray}
        </>
      )}{' '}
      · {own.note}
    </p>
  );
}

function Dot({ colour }: { colour: string }) {
  return <span className="dot" aria-hidden="true" style={{ background: colour }} />;
}

/** The groups that the colouring tells apart, those of most interactions first. */
function largestToldApart(points: MapPoints, colouring: Colouring, palette: Palette) {
  const colours = groupColours(points, colouring, palette);
  const counts = points.groups.map(() => 0);
  points.group.forEach((group, index) => (counts[group] = (counts[group] ?? 0) + points.count[index]!));
  return points.groups
    .map((group, index) => ({ ...group, colour: colours[index]!, count: counts[index]! }))
    .filter((group) => group.count > 0 && isToldApart(group, colouring))
    .sort((one, other) => other.count - one.count);
}
