use super::*;

#[test]
fn the_same_photo_is_paid_once_for_each_visitor() {
    let stage = Stage::new();
    Stage::published(&stage.member(), &stage.path());
    let mut visitor = stage.visitor();
    let receipt = visitor.agree();
    // The answer to the first may have been lost on its way.
    for _ in 0..2 {
        let told = visitor.fuse(&stage.wish(&receipt));
        assert_eq!(told.verdict(), "201", "{told:?}");
        let picture = told.body["picture"].as_str().unwrap();
        let picture = picture.strip_prefix("http://faces.example").unwrap();
        assert_eq!(visitor.get(picture).verdict(), "200");
        assert_eq!(stage.calls(), 1);
        stage.scene.pass_s(2);
    }
    let mut other = stage.visitor();
    let receipt = other.agree();
    let told = other.fuse(&stage.wish(&receipt));
    assert_eq!(told.verdict(), "201", "{told:?}");
    assert_eq!(stage.calls(), 2, "another visitor's is another call");
}
