import { describe, expect, it } from "vitest";
import { orientationOf } from "./exif";
import { fitted } from "./photo";

/** The beginning of a JPEG that says how it is turned. */
function jpeg(orientation: number, little: boolean): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(64));
  view.setUint16(0, 0xffd8);
  view.setUint16(2, 0xffe0);
  view.setUint16(4, 4);
  view.setUint16(8, 0xffe1);
  view.setUint16(10, 40);
  view.setUint32(12, 0x45786966);
  const tiff = 18;
  view.setUint16(tiff, little ? 0x4949 : 0x4d4d);
  view.setUint16(tiff + 2, 42, little);
  view.setUint32(tiff + 4, 8, little);
  view.setUint16(tiff + 8, 1, little);
  view.setUint16(tiff + 10, 0x0112, little);
  view.setUint16(tiff + 12, 3, little);
  view.setUint32(tiff + 14, 1, little);
  view.setUint16(tiff + 18, orientation, little);
  return view.buffer;
}

describe("photos", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("say how they are turned: %d", (orientation) => {
    expect(orientationOf(jpeg(orientation, true))).toBe(orientation);
    expect(orientationOf(jpeg(orientation, false))).toBe(orientation);
  });

  it("that say nothing or nonsense are upright", () => {
    expect(orientationOf(jpeg(9, true))).toBe(1);
    expect(orientationOf(jpeg(6, true).slice(0, 20))).toBe(1);
    expect(orientationOf(new ArrayBuffer(0))).toBe(1);
    expect(orientationOf(new TextEncoder().encode("not a picture").buffer)).toBe(1);
  });

  it("are sent no larger than needed", () => {
    expect(fitted(8000, 6000)).toMatchObject({ width: 1440, height: 1080 });
    expect(fitted(600, 800)).toEqual({ width: 600, height: 800, scale: 1 });
    expect(fitted(1, 20_000)).toMatchObject({ width: 1, height: 1440 });
  });
});
