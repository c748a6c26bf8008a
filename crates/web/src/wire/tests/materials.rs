//! Lists of materials.

use super::*;
use billing::{Calendar, Degree, MaterialStatus, Moment};
use service::MaterialView;

fn list(operation: Operation, fields: &Value) -> DescribeMaterialList {
    match read_json(operation, fields) {
        Ok(Request::DescribeMaterialList(request)) => request,
        other => panic!("{fields}: {other:?}"),
    }
}

#[test]
fn limits_are_clamped() {
    for (operation, limit, expected) in [
        (Operation::DescribeMaterialList2018, json!(null), 20),
        (Operation::DescribeMaterialList2018, json!(100), 100),
        (Operation::DescribeMaterialList2018, json!(101), 100),
        (Operation::DescribeMaterialList2022, json!(null), 20),
        (Operation::DescribeMaterialList2022, json!(5), 5),
        (Operation::DescribeMaterialList2022, json!(21), 20),
        (Operation::DescribeMaterialList2022, json!(u64::MAX), 20),
    ] {
        assert_eq!(
            list(operation, &with(operation, "/Limit", limit)).limit,
            expected
        );
    }
}

#[test]
fn a_query_lists_materials_too() {
    let request = read(
        Operation::DescribeMaterialList2018,
        Input::Query("ActivityId=300100&Limit=5&Offset=10"),
    );
    let fields = json!({ "ActivityId": 300100, "Limit": 5, "Offset": 10 });
    assert_eq!(
        request,
        read_json(Operation::DescribeMaterialList2018, &fields)
    );
}

fn view(number: u64) -> MaterialView {
    let face = |x: u32| {
        json!({
            "bounds": { "x": x, "y": 2, "width": 300, "height": 400 },
            "width": 300, "yaw": 0.0, "pitch": 0.0, "roll": 0.0, "findings": [], "usable": true,
        })
    };
    let review = json!({
        "width": 800, "height": 600, "format": "jpeg", "faces": [face(1), face(2)],
        "verdict": { "state": "passed" },
    });
    let id = format!("qc_300100_154021_{number}");
    MaterialView {
        id: id.parse().unwrap(),
        name: "海报".to_owned(),
        status: MaterialStatus::PassedByMachine,
        status_code: 21,
        usable: true,
        reason: String::new(),
        // The first face cannot be used.
        faces: vec![format!("{id}_2").parse().unwrap()],
        review: serde_json::from_value(review).unwrap(),
        feature_degree: Degree::new(30).unwrap(),
        shape_degree: Degree::new(70).unwrap(),
        created: "2027-01-10T00:00:00Z".parse::<Moment>().unwrap(),
        updated: "2027-01-11T00:00:00Z".parse::<Moment>().unwrap(),
        picture: String::new(),
        version: String::new(),
    }
}

#[test]
fn pages() {
    let all: Vec<MaterialView> = (1..=5).map(view).collect();
    let operation = Operation::DescribeMaterialList2022;
    for (limit, offset, numbers) in [
        (20, 0, vec![1, 2, 3, 4, 5]),
        (2, 0, vec![1, 2]),
        (2, 4, vec![5]),
        (2, 5, vec![]),
    ] {
        let fields = json!({ "ActivityId": "300100", "Limit": limit, "Offset": offset });
        let (rows, count) = list(operation, &fields).select(&all).unwrap();
        let found: Vec<u64> = rows.iter().map(|row| row.id.number).collect();
        assert_eq!((found, count), (numbers, 5));
    }
    let one = json!({ "ActivityId": "300100", "MaterialId": "qc_300100_154021_3" });
    let (rows, count) = list(operation, &one).select(&all).unwrap();
    assert_eq!((rows[0].id.number, rows.len(), count), (3, 1, 1));
    let none = json!({ "ActivityId": "300100", "MaterialId": "qc_300100_154021_6" });
    let error = list(operation, &none).select(&all).unwrap_err();
    assert_eq!(
        error.code(Version::V2022),
        "InvalidParameterValue.MaterialIdNotFound"
    );
    let no_text = json!({ "ActivityId": "300100", "MaterialId": "" });
    assert_eq!(list(operation, &no_text).material, None);
}

#[test]
fn rows_to_the_letter() {
    let view = view(1);
    let calendar = Calendar::default();
    let infos = |version, views: &[&MaterialView]| {
        let infos = MaterialInfos::new(version, views, &calendar, |id| format!("https://m/{id}"));
        serde_json::to_value(infos).unwrap()
    };
    let faces = json!([{
        "FaceId": "qc_300100_154021_1_2",
        "FaceInfo": { "X": 2, "Y": 2, "Width": 300, "Height": 400 },
    }]);
    let expected = json!([{
        "MaterialId": "qc_300100_154021_1", "MaterialStatus": 21,
        "BlendParamPtu": 70, "PositionParamPtu": 30, "BlendParamYoutu": 70, "PositionParamYoutu": 30,
        "Url": "https://m/qc_300100_154021_1",
        "CreateTime": "2027-01-10 08:00:00", "UpdateTime": "2027-01-11 08:00:00",
        "MaterialFaceList": faces,
    }]);
    assert_eq!(infos(Version::V2018, &[&view]), expected);
    let expected = json!([{
        "MaterialId": "qc_300100_154021_1", "MaterialName": "海报", "MaterialStatus": 21, "AuditResult": "",
        "CreateTime": "2027-01-10 08:00:00", "UpdateTime": "2027-01-11 08:00:00",
        "MaterialFaceList": faces,
    }]);
    assert_eq!(infos(Version::V2022, &[&view]), expected);
    assert_eq!(infos(Version::V2018, &[]), json!([]));
}
