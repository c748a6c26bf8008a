import { expect, test } from "vitest";
import { faultInChinese } from "./fault-words";

test.each([
  ["the receiver answered with the status 500; let it answer 2xx", "对方应答 500，应答 2xx 才算送达"],
  ["example.org is not found; check the name", "找不到主机 example.org，请检查地址"],
  ["example.org did not answer in time; let it answer first and work afterwards", "example.org 没有及时应答；请先应答，再处理"],
  ["the connection to 127.0.0.1 failed: io: Connection refused (os error 111)", "127.0.0.1 拒绝连接，请检查服务是否在运行"],
  ["the connection to example.org failed: tls: bad certificate", "连接 example.org 失败（tls: bad certificate）"],
  ["something new", "something new"],
])("%s", (fault, words) => {
  expect(faultInChinese(fault)).toBe(words);
});
