use crate::scene::{Scene, is_not_found};
use service::KeyChange;
use std::fs;
use std::path::Path;
use store::KeyState;

#[test]
fn a_key_works_while_it_is_enabled() {
    let scene = Scene::new();
    let account = scene.account();
    let service = &scene.service;
    let key = service.create_key(account, "campaign page").unwrap();
    let id = key.secret_id.as_str();
    let secret = || {
        let found = service.secret_of(id).unwrap();
        found.map(|(account, secret)| (account, secret.expose().to_owned()))
    };
    let known = Some((account, key.secret_key.expose().to_owned()));
    assert_eq!(secret(), known);
    let set = |state| service.set_key_state(account, id, state);
    set(KeyState::Disabled).unwrap();
    assert_eq!(secret(), None);
    assert_eq!(service.keys(account).unwrap()[0].state, KeyState::Disabled);
    set(KeyState::Enabled).unwrap();
    assert_eq!(secret(), known);
    set(KeyState::Deleted).unwrap();
    assert_eq!(secret(), None);
    assert_eq!(service.keys(account).unwrap(), []);
    for state in [KeyState::Enabled, KeyState::Disabled, KeyState::Deleted] {
        assert!(is_not_found(&set(state)));
    }
    let never = "AKIDaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    assert!(service.secret_of(never).unwrap().is_none());
}

#[test]
fn another_accounts_key_is_not_there() {
    let scene = Scene::new();
    let (ours, theirs) = (scene.account(), scene.account());
    let key = scene.service.create_key(theirs, "").unwrap();
    let id = key.secret_id.as_str();
    let set = scene.service.set_key_state(ours, id, KeyState::Deleted);
    assert!(is_not_found(&set));
    assert!(scene.service.secret_of(id).unwrap().is_some());
}

#[test]
fn a_key_names_an_activity_of_its_account_that_pays() {
    let scene = Scene::new();
    let service = &scene.service;
    let (account, other) = (scene.account(), scene.account());
    let (activity, foreign) = (scene.activity(account), scene.activity(other));
    let key = service.create_key(account, "app").unwrap();
    let id = key.secret_id.as_str();
    let pays = |pays| KeyChange {
        pays: Some(pays),
        ..KeyChange::default()
    };
    assert_eq!(service.key_pays(id).unwrap(), None);
    let changed = service.change_key(account, id, &pays(Some(activity)));
    assert_eq!(changed.unwrap().pays, Some(activity));
    assert!(is_not_found(&service.change_key(
        account,
        id,
        &pays(Some(foreign))
    )));
    assert!(is_not_found(&service.change_key(
        other,
        id,
        &pays(Some(foreign))
    )));
    let label = KeyChange {
        label: Some("shop".to_owned()),
        ..KeyChange::default()
    };
    let view = service.change_key(account, id, &label).unwrap();
    assert_eq!((view.label.as_str(), view.pays), ("shop", Some(activity)));
    assert_eq!(service.key_pays(id).unwrap(), Some(activity));
    service.delete_activity(account, activity).unwrap();
    assert_eq!(service.key_pays(id).unwrap(), None, "it is gone");
    service.change_key(account, id, &pays(None)).unwrap();
    assert_eq!(service.keys(account).unwrap()[0].pays, None);
}

/// All bytes of all files in a folder.
fn bytes_below(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(bytes_below(&path));
        } else {
            bytes.extend(fs::read(path).unwrap());
        }
    }
    bytes
}

#[test]
fn a_copy_of_the_folder_tells_no_secret() {
    let scene = Scene::new();
    let account = scene.account();
    let key = scene.service.create_key(account, "shop").unwrap();
    let webhook = scene
        .service
        .add_webhook(account, "https://example.org/hook")
        .unwrap();
    let bytes = bytes_below(scene.folder.path());
    let is_told = |text: &str| {
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(is_told(key.secret_id.as_str()), "the search finds nothing");
    assert!(!is_told(key.secret_key.expose()));
    assert!(!is_told(&webhook.secret));
    assert!(!is_told(&webhook.secret["whsec_".len()..]));
    let scene = scene.reopened();
    let (_, secret) = scene
        .service
        .secret_of(key.secret_id.as_str())
        .unwrap()
        .unwrap();
    assert_eq!(secret.expose(), key.secret_key.expose());
}
