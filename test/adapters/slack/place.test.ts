import { ownId, ownPlaceOf, placeOf, refOf, resentId } from '../../../adapters/slack/place';

const place = { channel: 'C01', ts: '1700000000.000100' };

describe('places in Slack', () => {
  test('a reference leads back to its place', () => {
    expect(placeOf(refOf(place))).toEqual(place);
  });

  test('the act of a written message leads back to the message, also after it was sent again', () => {
    const act = ownId(place);
    expect(ownPlaceOf(act)).toEqual(place);
    expect(ownPlaceOf(resentId(resentId(act, 'click.1'), 'click.2'))).toEqual(place);
  });

  test.each(['', 'qiao_claim.1.U1', '0b9c2c3e-8d1e', 'C01@abc', 'C01@1.2 and more'])('%j is no written message', (act) => {
    expect(ownPlaceOf(act)).toBeNull();
  });
});
