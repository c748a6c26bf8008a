//! What can be wrong with a credential, a picture and a manifest.

use std::fmt;

/// The file of a credential that a fault is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The certificate with its chain.
    Certificate,
    /// The private key.
    Key,
}

/// Why a certificate and its key cannot sign. None tells anything of the key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialFault {
    /// The certificate's file has no PEM block.
    #[error(
        "this is no certificate in PEM; it begins with -----BEGIN CERTIFICATE-----, \
         and `openssl x509 -inform DER -in FILE` makes it of a binary one"
    )]
    CertificateNotPem,
    /// The certificate's file has another thing in it.
    #[error("it holds a block {label:?}; put certificates there alone, the leaf first")]
    NotACertificate {
        /// What the block says it is.
        label: String,
    },
    /// A certificate that is none inside.
    #[error("certificate {number} of the chain cannot be read; fetch it anew")]
    Unreadable {
        /// Counted from 1, which is the leaf.
        number: usize,
    },
    /// A certificate did not issue the one before it.
    #[error(
        "certificate {number} of the chain ({name}) did not issue the one before it; \
         put the leaf first, then each issuer"
    )]
    OutOfOrder {
        /// Counted from 1, which is the leaf.
        number: usize,
        /// Its name.
        name: String,
    },
    /// A certificate of the chain is over.
    #[error("certificate {number} of the chain ({name}) ran out on {until}; renew it")]
    Expired {
        /// Counted from 1, which is the leaf.
        number: usize,
        /// Its name.
        name: String,
        /// Its last day.
        until: String,
    },
    /// A certificate of the chain has not begun.
    #[error(
        "certificate {number} of the chain ({name}) holds from {from} only; wait, or set the clock right"
    )]
    NotYetValid {
        /// Counted from 1, which is the leaf.
        number: usize,
        /// Its name.
        name: String,
        /// Its first day.
        from: String,
    },
    /// The leaf issues certificates.
    #[error(
        "the first certificate ({name}) is an authority's (CA:TRUE), which must not sign pictures; \
         put the leaf first"
    )]
    IsAuthority {
        /// Its name.
        name: String,
    },
    /// The leaf may not make signatures.
    #[error("the first certificate lacks the key usage digitalSignature; ask for one that has it")]
    NoDigitalSignature,
    /// The leaf is not for what C2PA signs.
    #[error(
        "the first certificate lacks an extended key usage that C2PA asks for; ask for one with \
         documentSigning (1.3.6.1.5.5.7.3.36), emailProtection or C2PA signing (1.3.6.1.4.1.62558.2.1), \
         and without anyExtendedKeyUsage"
    )]
    WrongPurpose,
    /// The leaf does not say which key issued it.
    #[error(
        "the first certificate lacks the authority key identifier that C2PA asks for; issue it anew \
         with authorityKeyIdentifier = keyid"
    )]
    NoAuthorityKeyIdentifier,
    /// A kind of key that mien does not sign with.
    #[error(
        "a key of this kind is not signed with; use P-256 (es256), P-384 (es384), Ed25519 or RSA of at least \
         2048 bits (ps256)"
    )]
    OtherAlgorithm {
        /// Where the kind was found.
        part: Part,
    },
    /// The key's file has no PEM block.
    #[error("this is no private key in PEM; it begins with -----BEGIN PRIVATE KEY----- (PKCS#8)")]
    KeyNotPem,
    /// The key is not written as PKCS#8, or sealed with a password.
    #[error(
        "it holds a block {label:?} where PRIVATE KEY (PKCS#8, without a password) is needed; \
         `openssl pkcs8 -topk8 -nocrypt -in FILE` makes it"
    )]
    OtherKeyFormat {
        /// What the block says it is.
        label: String,
    },
    /// A key that is none inside.
    #[error("the private key cannot be read; make it anew with `openssl genpkey`")]
    KeyUnreadable,
    /// Certificate and key are of different pairs.
    #[error("the key does not belong to the first certificate; name the one it was requested with")]
    OtherKey,
    /// A picture that was signed on trial does not hold.
    #[error("a picture signed with it does not hold: {reason}; ask for another certificate")]
    DoesNotSign {
        /// In the words of the crate that signs.
        reason: String,
    },
}

impl CredentialFault {
    /// The file to look at.
    pub fn part(&self) -> Part {
        match self {
            CredentialFault::OtherAlgorithm { part } => *part,
            CredentialFault::KeyNotPem
            | CredentialFault::OtherKeyFormat { .. }
            | CredentialFault::KeyUnreadable
            | CredentialFault::OtherKey => Part::Key,
            _ => Part::Certificate,
        }
    }
}

/// What speaks against a certificate that can sign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialWarning {
    /// Nobody vouches for it.
    #[error(
        "the certificate ({name}) is signed by itself: readers will show the signer as unknown, unless they \
         are told to trust it; buy one for production"
    )]
    SelfSigned {
        /// Its name.
        name: String,
    },
    /// A key of RSA.
    #[error(
        "the key is RSA, and signing with it takes a time that depends on the key (RUSTSEC-2023-0071): whoever \
         measures very many calls may learn of it; prefer a P-256 key (es256)"
    )]
    Rsa,
    /// It is over soon, and with it every call.
    #[error(
        "certificate {number} of the chain ({name}) runs out on {until}, in {days} days; from then on no call \
         is answered: renew it"
    )]
    EndsSoon {
        /// Counted from 1, which is the leaf.
        number: usize,
        /// Its name.
        name: String,
        /// Its last day.
        until: String,
        /// Whole days until then.
        days: i64,
    },
}

/// Why a picture was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// Neither JPEG nor PNG.
    #[error("the picture is neither a JPEG nor a PNG")]
    OtherKind,
    /// The crate that signs refuses: the certificate ran out, or it is at fault.
    #[error("the picture cannot be signed: {0}; `mien config check` looks at the certificate")]
    Refused(String),
}

/// Why a file is no list of authorities to trust.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustFault {
    /// No PEM, or more than a list has.
    #[error(
        "this is no list of certificates in PEM; it has a block -----BEGIN CERTIFICATE----- for each"
    )]
    NotPem,
    /// Something else among them.
    #[error("it holds a block {label:?}; put certificates there alone")]
    NotACertificate {
        /// What the block says it is.
        label: String,
    },
    /// A certificate that is none inside.
    #[error("certificate {number} cannot be read; fetch it anew")]
    Unreadable {
        /// Counted from 1.
        number: usize,
    },
}

/// Why nothing can be said of a manifest that is there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// Neither JPEG nor PNG.
    #[error("the file is neither a JPEG nor a PNG")]
    OtherKind,
    /// The picture says that its manifest is kept elsewhere; nothing is fetched.
    #[error("the manifest is kept elsewhere and not fetched: {address}")]
    Elsewhere {
        /// Where, in the picture's words.
        address: String,
    },
    /// It is broken.
    #[error("the manifest cannot be read: {reason}; it was cut off or altered")]
    Unreadable {
        /// In the words of the crate that reads.
        reason: String,
    },
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Certificate => "certificate",
            Part::Key => "key",
        })
    }
}
