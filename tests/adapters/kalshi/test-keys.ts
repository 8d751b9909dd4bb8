import { generateKeyPairSync } from 'node:crypto';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');

export const keyId = '9bb6a1cc-33d0-4ddf-8a5a-f8f2f8c4f4a0';
export const rsaPublicKey = rsa.publicKey;
export const ed25519PublicKey = ed25519.publicKey;
export const rsaPkcs1 = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
export const rsaPkcs8 = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
export const ed25519Pkcs8 = ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
export const rsaPublicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
export const encryptedPem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString();
