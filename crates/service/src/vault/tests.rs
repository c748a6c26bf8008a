use super::*;
use crate::random::SeededRandom;

const PLACE: &[u8] = b"data-key:1";
const CONTEXT: &[u8] = b"api-key:AKIDx";

fn vault(seed: u64) -> Vault {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    Vault::new(OperatorKey::load_or_create(&path, &SeededRandom::new(seed)).unwrap())
}

#[test]
fn secrets_come_back() {
    let (vault, random) = (vault(1), SeededRandom::new(10));
    let (key, wrapped) = vault.new_data_key(PLACE, &random).unwrap();
    let kept = WrappedKey::from_bytes(wrapped.as_bytes()).unwrap();
    assert_eq!(kept, wrapped);
    for length in [0, 1, 32, 63, 64, 65, 1000] {
        let plaintext = vec![b'x'; length];
        let sealed = key.seal(&plaintext, CONTEXT, &random).unwrap();
        assert_eq!(sealed.len(), length + 41);
        let opener = vault.unwrap(&kept, PLACE).unwrap();
        assert_eq!(*opener.open(&sealed, CONTEXT).unwrap(), plaintext);
    }
}

/// Worked out with another implementation (libsodium's `xchacha20poly1305_ietf`): what was sealed
/// once must open for ever.
#[test]
fn the_form_stays() {
    let key = DataKey::from_bytes(&[7; 32]).unwrap();
    let sealed = key
        .seal(b"secret", b"context", &SeededRandom::new(1))
        .unwrap();
    let text = data_encoding::HEXLOWER.encode(&sealed);
    assert_eq!(
        text,
        concat!(
            "01783825822a6f9e62da2190e828e4c9d2576e5977e3a0b362",
            "0de4cf3eba1c",
            "6a0104197a3f3fd1c395bd08dac356fc"
        )
    );
}

#[test]
fn the_same_secret_is_never_sealed_the_same() {
    let random = SeededRandom::new(1);
    let key = DataKey::draw(&random).unwrap();
    let seal = || key.seal(b"secret", CONTEXT, &random).unwrap();
    assert_ne!(seal(), seal());
}

#[test]
fn altered_bytes_are_refused() {
    let (vault, random) = (vault(1), SeededRandom::new(1));
    let (key, wrapped) = vault.new_data_key(PLACE, &random).unwrap();
    let sealed = key.seal(b"secret", CONTEXT, &random).unwrap();
    for at in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        let expected = match at {
            0 => VaultError::Version { version: 0 },
            _ => VaultError::Refused,
        };
        assert_eq!(key.open(&altered, CONTEXT).unwrap_err(), expected, "{at}");
    }
    for at in 0..wrapped.as_bytes().len() {
        let mut altered = wrapped.as_bytes().to_vec();
        altered[at] ^= 1;
        let error = WrappedKey::from_bytes(&altered)
            .and_then(|altered| vault.unwrap(&altered, PLACE))
            .unwrap_err();
        match at {
            0 => assert_eq!(error, VaultError::Version { version: 0 }),
            // The id of the operator key is there to be compared.
            1..9 => assert!(matches!(error, VaultError::OtherOperatorKey { .. })),
            _ => assert_eq!(error, VaultError::Refused, "{at}"),
        }
    }
}

#[test]
fn shortened_and_lengthened_bytes_are_refused() {
    let (vault, random) = (vault(1), SeededRandom::new(1));
    let (key, wrapped) = vault.new_data_key(PLACE, &random).unwrap();
    let sealed = key.seal(b"secret", CONTEXT, &random).unwrap();
    for bytes in 0..sealed.len() {
        let expected = match bytes {
            0..41 => VaultError::Length { bytes },
            _ => VaultError::Refused,
        };
        let error = key.open(&sealed[..bytes], CONTEXT).unwrap_err();
        assert_eq!(error, expected, "{bytes}");
    }
    let mut longer = wrapped.as_bytes().to_vec();
    longer.push(0);
    for bytes in (0..81).chain([82]) {
        let error = WrappedKey::from_bytes(&longer[..bytes]).unwrap_err();
        assert_eq!(error, VaultError::Length { bytes });
    }
}

#[test]
fn another_context_is_refused() {
    let (vault, random) = (vault(1), SeededRandom::new(1));
    let (key, wrapped) = vault.new_data_key(PLACE, &random).unwrap();
    let sealed = key.seal(b"secret", CONTEXT, &random).unwrap();
    for context in [&b""[..], b"api-key:AKIDy", b"api-key:AKIDx2"] {
        assert_eq!(key.open(&sealed, context).unwrap_err(), VaultError::Refused);
        assert_eq!(
            vault.unwrap(&wrapped, context).unwrap_err(),
            VaultError::Refused
        );
    }
}

#[test]
fn another_operator_key_is_named() {
    let (right, wrong) = (vault(1), vault(2));
    let (_, wrapped) = right.new_data_key(PLACE, &SeededRandom::new(1)).unwrap();
    let error = wrong.unwrap(&wrapped, PLACE).unwrap_err();
    assert_eq!(
        error,
        VaultError::OtherOperatorKey {
            wrapped_by: right.operator_key_id(),
            present: wrong.operator_key_id(),
        }
    );
    let text = error.to_string();
    assert!(
        text.contains(&right.operator_key_id().to_string()),
        "{text}"
    );
    assert!(
        text.contains(&wrong.operator_key_id().to_string()),
        "{text}"
    );
}

#[test]
fn a_new_operator_key_takes_over() {
    let (old, new, random) = (vault(1), vault(2), SeededRandom::new(1));
    let (key, wrapped) = old.new_data_key(PLACE, &random).unwrap();
    let sealed = key.seal(b"secret", CONTEXT, &random).unwrap();
    let rewrapped = new.rewrap(&old, &wrapped, PLACE, &random).unwrap();
    let opener = new.unwrap(&rewrapped, PLACE).unwrap();
    assert_eq!(*opener.open(&sealed, CONTEXT).unwrap(), b"secret");
    assert!(old.unwrap(&rewrapped, PLACE).is_err());
    assert!(new.rewrap(&new, &wrapped, PLACE, &random).is_err());
    assert_eq!(
        new.rewrap(&old, &wrapped, b"elsewhere", &random),
        Err(VaultError::Refused)
    );
}

/// A wrapped key of one's own must not pass for a secret, nor the other way round.
#[test]
fn kinds_are_not_mixed() {
    let (vault, random) = (vault(1), SeededRandom::new(1));
    let as_data_key = DataKey::from_bytes(&**vault.key.bytes()).unwrap();
    let (_, wrapped) = vault.new_data_key(PLACE, &random).unwrap();
    assert_eq!(
        as_data_key.open(wrapped.as_bytes(), PLACE).unwrap_err(),
        VaultError::Refused
    );
}

#[test]
fn secrets_are_not_shown() {
    let vault = vault(1);
    let (key, wrapped) = vault.new_data_key(PLACE, &SeededRandom::new(1)).unwrap();
    let shown = format!("{vault:?} {key:?} {wrapped:?}");
    for bytes in [&**vault.key.bytes(), &**key.bytes()] {
        let hex = data_encoding::HEXLOWER.encode(&bytes[..4]);
        let list = format!("{:?}", &bytes[..4]);
        let list = list.trim_matches(['[', ']']);
        assert!(!shown.contains(&hex) && !shown.contains(list), "{shown}");
    }
}
