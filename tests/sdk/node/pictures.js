"use strict";
// Pictures that the tests send, and what they read of those that come back.

const zlib = require("node:zlib");

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A square of one grey as base64: a valid picture without a face. */
function plainPng(side = 128, grey = 127) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8; // bits a sample; grey
  const rows = Buffer.alloc(side * (side + 1), grey);
  for (let y = 0; y < side; y += 1) rows[y * (side + 1)] = 0;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", zlib.deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]).toString("base64");
}

function isJpeg(bytes) {
  return bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) && bytes.includes("\xff\xd9", "latin1");
}

/** The coded pixels of a JPEG file, without the metadata before them, which names the call. */
function codedPixels(jpeg) {
  let at = 2;
  while (jpeg[at + 1] !== 0xda) at += 2 + jpeg.readUInt16BE(at + 2);
  return jpeg.subarray(at).toString("base64");
}

module.exports = { codedPixels, isJpeg, plainPng };
