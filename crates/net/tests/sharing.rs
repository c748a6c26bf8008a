//! One net, many threads and runs.

use net::{Net, Scratch};

fn run(net: &Net, scratch: &mut Scratch, value: f32) -> Vec<f32> {
    scratch.input_mut().fill(value);
    net.run(scratch);
    (0..net.outputs().len())
        .flat_map(|index| scratch.output(index).to_vec())
        .collect()
}

#[test]
fn threads_share_a_net() {
    let net = Net::load(models::LANDMARK).expect("the net loads");
    let alone: Vec<_> = [0.2, 0.7]
        .map(|value| run(&net, &mut net.scratch(), value))
        .into();
    assert_ne!(alone[0], alone[1]);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut scratch = net.scratch();
                // Nothing of a run may stay for the next.
                for _ in 0..2 {
                    assert_eq!(run(&net, &mut scratch, 0.2), alone[0]);
                    assert_eq!(run(&net, &mut scratch, 0.7), alone[1]);
                }
            });
        }
    });
}

#[test]
fn a_run_leaves_the_input() {
    let net = Net::load(models::DETECTOR_SHORT_RANGE).expect("the net loads");
    let mut scratch = net.scratch();
    let first = run(&net, &mut scratch, 0.4);
    assert!(scratch.input_mut().iter().all(|&value| value == 0.4));
    net.run(&mut scratch);
    assert_eq!(scratch.output(0), &first[..net.outputs()[0].length]);
}

#[test]
fn shapes_and_names_are_the_files() {
    let net = Net::load(models::DETECTOR_FULL_RANGE).expect("the net loads");
    assert_eq!(net.input_shape(), [192, 192, 3]);
    let outputs: Vec<_> = net
        .outputs()
        .iter()
        .map(|output| (output.name.as_str(), output.length))
        .collect();
    assert_eq!(outputs, [("Identity", 2304 * 16), ("Identity_1", 2304)]);
}

#[test]
#[should_panic(expected = "the scratch is of another net")]
fn a_scratch_of_another_net_is_refused() {
    let net = Net::load(models::LANDMARK).expect("the net loads");
    let other = Net::load(models::DETECTOR_SHORT_RANGE).expect("the net loads");
    net.run(&mut other.scratch());
}
