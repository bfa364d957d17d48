/* A worker: finds a number whose SHA-256 with the token begins with enough zero bits. Our own
   SHA-256, because the browser's answers by a promise for each hash, and only on https. */
"use strict";
const fraction = (number) => ((number - Math.floor(number)) * 0x100000000) | 0;
const primes = [];
for (let number = 2; primes.length < 64; number += 1) if (primes.every((prime) => number % prime)) primes.push(number);
const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const W = new Int32Array(64);

/* Reads one state and writes another, so that nothing is allocated on the way. */
const compress = (state, block, out) => {
  for (let i = 0; i < 16; i += 1) W[i] = block.getInt32(i * 4);
  for (let i = 16; i < 64; i += 1) {
    const a = W[i - 15];
    const b = W[i - 2];
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  out[0] = state[0] + a;
  out[1] = state[1] + b;
  out[2] = state[2] + c;
  out[3] = state[3] + d;
  out[4] = state[4] + e;
  out[5] = state[5] + f;
  out[6] = state[6] + g;
  out[7] = state[7] + h;
};

onmessage = ({ data: [token, bits] }) => {
  const head = new TextEncoder().encode(`${token}:`);
  /* Whole blocks of the token are worked out once. */
  const whole = head.length - (head.length % 64);
  const state = START.slice();
  const hash = new Int32Array(8);
  for (let at = 0; at < whole; at += 64) compress(state, new DataView(head.buffer, at, 64), state);
  const rest = head.slice(whole);
  const bytes = new Uint8Array(128);
  const first = new DataView(bytes.buffer, 0, 64);
  const second = new DataView(bytes.buffer, 64, 64);
  for (let number = 0; ; number += 1) {
    const digits = String(number);
    const length = rest.length + digits.length;
    const blocks = length + 9 > 64 ? 2 : 1;
    bytes.fill(0);
    bytes.set(rest);
    for (let i = 0; i < digits.length; i += 1) bytes[rest.length + i] = digits.charCodeAt(i);
    bytes[length] = 0x80;
    (blocks === 2 ? second : first).setUint32(60, (whole + length) * 8);
    compress(state, first, hash);
    if (blocks === 2) compress(hash, second, hash);
    if ((hash[0] >>> 0) < 2 ** (32 - bits)) { postMessage(digits); return; }
  }
};
