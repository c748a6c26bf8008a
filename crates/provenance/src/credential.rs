//! An operator's certificate and key.

use crate::certificate::Chain;
use crate::pem::blocks;
use crate::read::{self, TrustAnchors};
use crate::tiny;
use crate::{Act, Algorithm, CredentialFault, CredentialWarning, Integrity, Part};
use c2pa::{BoxedSigner, Context, SigningAlg, create_signer};
use pkcs8::PrivateKeyInfo;
use serde_json::json;
use std::fmt;
use std::sync::Arc;

/// What a key's block says it is.
const KEY_LABEL: &str = "PRIVATE KEY";

/// What the signature's frame takes beside certificates and signature, about 80 bytes, and some 500 of padding: `c2pa` fills
/// up to the reserved size, and fails where the padding is so short that its own length takes one byte more or less.
const FRAME_BYTES: usize = 640;

/// A certificate with its chain and its key, with which pictures are signed; shared by all threads.
pub struct Credential {
    pub(crate) signer: Signer,
    pub(crate) context: Arc<Context>,
    chain: Chain,
    algorithm: Algorithm,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("name", &self.chain.name())
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

impl Credential {
    /// Reads the files of a certificate (PEM, the leaf first, then each issuer) and of its key (PEM, PKCS#8), and
    /// signs a picture on trial. `now` is in seconds of Unix.
    ///
    /// # Errors
    /// Every fault there is, as far as one can be told with the others there.
    pub fn read(
        certificate: &[u8],
        key: &[u8],
        now: i64,
    ) -> Result<Credential, Vec<CredentialFault>> {
        let (chain, key_algorithm) = (Chain::read(certificate), algorithm_of(key));
        let mut faults = match &chain {
            Ok(chain) => chain.faults(now),
            Err(fault) => vec![fault.clone()],
        };
        faults.extend(key_algorithm.as_ref().err().cloned());
        let (Ok(chain), Ok(algorithm)) = (chain, key_algorithm) else {
            return Err(faults);
        };
        if chain.algorithm().is_some_and(|other| other != algorithm) {
            faults.push(CredentialFault::OtherKey);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let inner = create_signer::from_keys(certificate, key, algorithm.signing(), None);
        let inner = inner.map_err(|_| vec![CredentialFault::KeyUnreadable])?;
        let credential = Credential {
            signer: Signer {
                inner,
                reserved: FRAME_BYTES
                    + algorithm.most_signature_bytes()
                    + chain.size()
                    + 8 * chain.len(),
            },
            context: Arc::new(settings().map_err(|fault| vec![fault])?),
            chain,
            algorithm,
        };
        credential.try_out().map_err(|fault| vec![fault])?;
        Ok(credential)
    }

    /// The signer's name, as the certificate says.
    pub fn name(&self) -> String {
        self.chain.name()
    }

    /// With what it signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// What speaks against it at a time, in seconds of Unix.
    pub fn warnings(&self, now: i64) -> Vec<CredentialWarning> {
        self.chain.warnings(now)
    }

    /// Signs a picture and reads it back: what speaks against a certificate is more than can be listed.
    fn try_out(&self) -> Result<(), CredentialFault> {
        let fault = |reason: String| CredentialFault::DoesNotSign { reason };
        let act = Act {
            title: "Trial",
            producer: "mien",
            produce_id: "trial",
        };
        let signed = self.sign(tiny::PICTURE, &act);
        let signed = signed.map_err(|error| fault(error.to_string()))?;
        let manifest = read::read_manifest(&signed, TrustAnchors::none());
        let manifest = manifest.map_err(|error| fault(error.to_string()))?;
        match manifest {
            None => Err(fault("no manifest was written".to_owned())),
            Some(manifest) if manifest.integrity == Integrity::Intact => Ok(()),
            Some(manifest) => {
                let codes = manifest.faults.iter().map(|fault| fault.code.as_str());
                let codes: Vec<&str> = codes.collect();
                match codes.contains(&read::SIGNATURE_MISMATCH) {
                    true => Err(CredentialFault::OtherKey),
                    false => Err(fault(codes.join(", "))),
                }
            }
        }
    }
}

/// What is written, and that nothing is fetched or verified when a picture is signed.
fn settings() -> Result<Context, CredentialFault> {
    let settings = json!({
        "core": { "allowed_network_hosts": [] },
        "verify": {
            "verify_after_sign": false,
            "ocsp_fetch": false,
            "remote_manifest_fetch": false,
        },
        "builder": { "thumbnail": { "enabled": false } },
    });
    let context = Context::new().with_settings(settings);
    context.map_err(|error| CredentialFault::DoesNotSign {
        reason: error.to_string(),
    })
}

/// The algorithm of the key of a file.
fn algorithm_of(file: &[u8]) -> Result<Algorithm, CredentialFault> {
    let blocks = blocks(file).ok_or(CredentialFault::KeyNotPem)?;
    // `openssl ecparam -genkey` writes the curve before the key.
    let mut keys = blocks
        .into_iter()
        .filter(|block| block.label != "EC PARAMETERS");
    let key = keys.next().ok_or(CredentialFault::KeyNotPem)?;
    if key.label != KEY_LABEL {
        return Err(CredentialFault::OtherKeyFormat { label: key.label });
    }
    let info = PrivateKeyInfo::try_from(key.bytes.as_slice());
    let algorithm = info.map_err(|_| CredentialFault::KeyUnreadable)?.algorithm;
    let curve = algorithm.parameters_oid().ok().map(|oid| oid.to_string());
    Algorithm::of_key(&algorithm.oid.to_string(), curve.as_deref())
        .ok_or(CredentialFault::OtherAlgorithm { part: Part::Key })
}

/// Signs, and reserves no more room than signature and chain take: the crate's own signers leave 10,000 bytes in
/// every picture for a time stamp that is never fetched.
pub(crate) struct Signer {
    inner: BoxedSigner,
    reserved: usize,
}

impl c2pa::Signer for Signer {
    fn sign(&self, data: &[u8]) -> c2pa::Result<Vec<u8>> {
        self.inner.sign(data)
    }

    fn alg(&self) -> SigningAlg {
        self.inner.alg()
    }

    fn certs(&self) -> c2pa::Result<Vec<Vec<u8>>> {
        self.inner.certs()
    }

    fn reserve_size(&self) -> usize {
        self.reserved
    }
}
