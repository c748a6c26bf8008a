//! Accounts, keys, activities, materials, catalogues, settings.

use super::cast::{
    TEXT, add_account, add_activity, all_bytes, assert_refused, at, noon, read, some_account,
    some_activity, write,
};
use crate::{Account, AccountState, ApiKey, CatalogueEdition, KeyState, Material, Store};
use billing::{
    AccountId, Activity, ActivityId, AlgorithmVersion, Degree, MaterialId, MaterialStatus,
};

pub(super) const CASES: &[fn(&Store)] = &[
    settings,
    accounts,
    keys,
    activities,
    materials,
    numbers_of_materials,
    appeals,
    catalogues,
];

fn settings(store: &Store) {
    assert_eq!(read(store, |records| records.setting("a")), None);
    for value in [all_bytes(), Vec::new(), b"last".to_vec()] {
        write(store, |records| records.keep_setting("a", &value));
        write(store, |records| records.keep_setting(TEXT, b"other"));
        assert_eq!(read(store, |records| records.setting("a")), Some(value));
    }
    let other = read(store, |records| records.setting(TEXT));
    assert_eq!(other, Some(b"other".to_vec()));
}

fn accounts(store: &Store) {
    let ids = [100_001, 100_002].map(AccountId::new);
    for id in ids {
        assert_eq!(write(store, |records| records.next_account()), id);
    }
    let limited = Account {
        activity_limit: Some(u32::MAX),
        state: AccountState::Suspended,
        ..some_account(ids[1])
    };
    // Added in another order than they are listed in.
    write(store, |records| records.add_account(&limited));
    write(store, |records| records.add_account(&some_account(ids[0])));
    let both = [some_account(ids[0]), limited.clone()];
    assert_eq!(read(store, |records| records.accounts()), both);
    assert_refused(store, "an account twice", |records| {
        records.add_account(&some_account(ids[0]))
    });

    let changed = Account {
        id: ids[0],
        name: String::new(),
        state: AccountState::Suspended,
        activity_limit: Some(0),
        created: both[0].created,
        data_key: Vec::new(),
    };
    write(store, |records| {
        records.update_account(&Account {
            created: at("2030-01-01T00:00:00Z"),
            ..changed.clone()
        })
    });
    let found = read(store, |records| records.account(ids[0]));
    assert_eq!(found, Some(changed), "all but its birth can change");
    let other = read(store, |records| records.account(ids[1]));
    assert_eq!(other, Some(limited));
    let nobody = AccountId::new(1);
    assert_eq!(read(store, |records| records.account(nobody)), None);
}

fn some_key(secret_id: &str, account: AccountId) -> ApiKey {
    ApiKey {
        secret_id: secret_id.to_owned(),
        account,
        sealed: all_bytes(),
        label: TEXT.to_owned(),
        state: KeyState::Enabled,
        created: noon(),
        pays: None,
    }
}

fn keys(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let later = ApiKey {
        created: noon().plus_ms(1),
        state: KeyState::Disabled,
        ..some_key("a", account)
    };
    let kept = [some_key("b", account), some_key("c", account), later];
    for key in kept.iter().rev() {
        write(store, |records| records.add_key(key));
    }
    write(store, |records| records.add_key(&some_key("d", other)));
    assert_eq!(read(store, |records| records.keys(account)), kept);
    assert_eq!(
        read(store, |records| records.key("c")),
        Some(kept[1].clone())
    );
    assert_eq!(read(store, |records| records.key("C")), None);
    assert_refused(store, "a key twice", |records| {
        records.add_key(&some_key("a", other))
    });

    let payer = add_activity(store, account);
    for pays in [Some(payer), None] {
        write(store, |records| records.describe_key("c", "shop", pays));
        let key = ApiKey {
            label: "shop".to_owned(),
            pays,
            ..kept[1].clone()
        };
        assert_eq!(read(store, |records| records.key("c")), Some(key));
    }
    write(store, |records| records.describe_key("c", TEXT, None));

    for state in [KeyState::Disabled, KeyState::Enabled] {
        write(store, |records| records.set_key_state("b", state));
        let key = ApiKey {
            state,
            ..kept[0].clone()
        };
        assert_eq!(read(store, |records| records.key("b")), Some(key));
    }
    write(store, |records| {
        records.set_key_state("b", KeyState::Deleted)
    });
    let deleted = ApiKey {
        state: KeyState::Deleted,
        sealed: Vec::new(),
        ..kept[0].clone()
    };
    let found = read(store, |records| records.key("b"));
    assert_eq!(found, Some(deleted), "a deleted key has no secret");
    assert_eq!(read(store, |records| records.keys(account)), kept[1..]);
    let others = read(store, |records| records.keys(other));
    assert_eq!(others, [some_key("d", other)]);
}

fn activities(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let ids = [(); 3].map(|()| add_activity(store, account));
    assert_eq!(ids, [300_100, 300_101, 300_102].map(ActivityId::new));
    let foreign = add_activity(store, other);
    let changed = Activity {
        name: TEXT.to_owned(),
        details: String::new(),
        algorithm: AlgorithmVersion::Likeness,
        quota: 1000,
        ..some_activity(ids[0], account)
    };
    write(store, |records| records.update_activity(&changed));
    write(store, |records| records.delete_activity(ids[1], noon()));
    let left = [changed.clone(), some_activity(ids[2], account)];
    assert_eq!(read(store, |records| records.activities(account)), left);
    let found = ids.map(|id| read(store, |records| records.activity(id)));
    assert_eq!(found, [Some(changed), None, Some(left[1].clone())]);
    let created = [account, other, AccountId::new(1)]
        .map(|id| read(store, |records| records.activities_created(id)));
    assert_eq!(created, [3, 1, 0], "deleted ones were created too");
    let ever = read(store, |records| records.activities_ever(account));
    let named = [(ids[0], TEXT), (ids[1], "新年"), (ids[2], "新年")];
    assert_eq!(ever, named.map(|(id, name)| (id, name.to_owned())));
    let others = read(store, |records| records.activities(other));
    assert_eq!(others, [some_activity(foreign, other)]);
    assert_refused(store, "an activity twice", |records| {
        records.add_activity(&some_activity(ids[1], account))
    });
    assert_refused(store, "an activity of nobody", |records| {
        records.add_activity(&some_activity(ActivityId::new(1), AccountId::new(1)))
    });
}

fn add_material(store: &Store, activity: ActivityId, status: MaterialStatus) -> Material {
    write(store, |records| {
        let material = Material {
            id: records.next_material(activity)?,
            name: TEXT.to_owned(),
            object: "materials/300100/1".to_owned(),
            status,
            review: r#"{"faces":[{"left":0.5}]}"#.to_owned(),
            reason: String::new(),
            feature_degree: Degree::HALF,
            shape_degree: Degree::new(0).unwrap(),
            created: noon(),
            updated: noon(),
        };
        records.add_material(&material)?;
        Ok(material)
    })
}

fn materials(store: &Store) {
    let activity = add_activity(store, add_account(store));
    let mut all: Vec<Material> = MaterialStatus::ALL
        .into_iter()
        .map(|status| add_material(store, activity, status))
        .collect();
    assert_eq!(read(store, |records| records.materials(activity)), all);

    all[3] = Material {
        name: String::new(),
        object: "materials/300100/2".to_owned(),
        status: MaterialStatus::AppealWon,
        review: "{}".to_owned(),
        reason: TEXT.to_owned(),
        feature_degree: Degree::new(100).unwrap(),
        shape_degree: Degree::new(1).unwrap(),
        updated: noon().plus_ms(1),
        ..all[3].clone()
    };
    write(store, |records| records.update_material(&all[3]));
    write(store, |records| records.delete_material(all[0].id, noon()));
    assert_eq!(read(store, |records| records.materials(activity)), all[1..]);
    let find = |id| read(store, |records| records.material(id));
    assert_eq!(find(all[3].id), Some(all[3].clone()));
    assert_eq!(find(all[0].id), None, "deleted");
    let id = all[3].id;
    let wrong = [
        MaterialId {
            activity: ActivityId::new(1),
            ..id
        },
        MaterialId {
            serial: id.serial + 1,
            ..id
        },
        MaterialId {
            number: id.number + 1,
            ..id
        },
    ];
    assert_eq!(wrong.map(find), [None, None, None], "every part counts");
}

fn numbers_of_materials(store: &Store) {
    let account = add_account(store);
    let activities = [(); 2].map(|()| add_activity(store, account));
    let ids = [0, 0, 1].map(|index: usize| {
        let added = add_material(store, activities[index], MaterialStatus::InReview);
        (added.id.serial, added.id.number)
    });
    assert_eq!(ids, [(154_001, 1), (154_002, 2), (154_003, 1)]);
    let deleted = MaterialId {
        activity: activities[0],
        serial: 154_002,
        number: 2,
    };
    write(store, |records| records.delete_material(deleted, noon()));
    let next = write(store, |records| records.next_material(activities[0]));
    assert_eq!((next.serial, next.number), (154_004, 3), "not given again");
    assert_refused(store, "a number twice", |records| {
        let mut material = records.materials(activities[0])?.remove(0);
        material.id.serial = next.serial;
        records.add_material(&material)
    });
}

fn appeals(store: &Store) {
    let activities = [(); 2].map(|()| add_activity(store, add_account(store)));
    let mut waiting = Vec::new();
    for (index, minutes) in [(0, 3), (1, 1), (0, 2), (1, 1)] {
        let material = Material {
            updated: noon().plus_ms(minutes * 60_000),
            ..add_material(store, activities[index], MaterialStatus::Appealed)
        };
        write(store, |records| records.update_material(&material));
        waiting.push(material);
    }
    add_material(store, activities[0], MaterialStatus::RejectedByMachine);
    write(store, |records| {
        records.delete_material(waiting[2].id, noon())
    });
    let found = read(store, |records| records.appeals());
    let expected = [1, 3, 0].map(|index: usize| waiting[index].clone());
    assert_eq!(found, expected, "of all accounts, the oldest first");
}

fn catalogues(store: &Store) {
    assert_eq!(
        read(store, |records| records.catalogue_before(noon())),
        None
    );
    assert_eq!(read(store, |records| records.catalogues()), []);
    let editions = [("a", 0), ("b", 10), ("c", 20)];
    for (version, since) in editions {
        let since = noon().plus_ms(since);
        write(store, |records| records.add_catalogue(version, TEXT, since));
    }
    let all: Vec<CatalogueEdition> = (1..)
        .zip(editions)
        .map(|(edition, (version, since))| CatalogueEdition {
            edition,
            version: version.to_owned(),
            text: TEXT.to_owned(),
            since: noon().plus_ms(since),
        })
        .collect();
    assert_eq!(read(store, |records| records.catalogues()), all);
    for (ms, edition) in [
        (-99, 0),
        (0, 0),
        (10, 0),
        (11, 1),
        (20, 1),
        (21, 2),
        (99, 2),
    ] {
        let before = noon().plus_ms(ms);
        let found = read(store, |records| records.catalogue_before(before));
        assert_eq!(found.as_ref(), Some(&all[edition]), "{ms} ms");
    }
    assert_refused(store, "a version twice", |records| {
        records.add_catalogue("b", "", noon())
    });
}
