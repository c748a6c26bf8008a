//! One run of each net, by instruction set.
//!
//! `bench/nets.sh` runs this beside XNNPACK and prints the ratios.

use criterion::{Criterion, criterion_group, criterion_main};
use net::{InstructionSet, Net};

const NETS: [(&str, &[u8]); 4] = [
    ("detector_short_range", models::DETECTOR_SHORT_RANGE),
    ("detector_full_range", models::DETECTOR_FULL_RANGE),
    ("landmark", models::LANDMARK),
    ("landmark_attention", models::LANDMARK_ATTENTION),
];

fn nets(criterion: &mut Criterion) {
    for (name, file) in NETS {
        let mut group = criterion.benchmark_group(name);
        for set in InstructionSet::available() {
            let Ok(net) = Net::load_with(file, set) else {
                panic!("{name} does not load");
            };
            let mut scratch = net.scratch();
            for (index, value) in scratch.input_mut().iter_mut().enumerate() {
                *value = (index % 97) as f32 / 97.0;
            }
            group.bench_function(set.name(), |bencher| bencher.iter(|| net.run(&mut scratch)));
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(std::time::Duration::from_millis(500))
        .measurement_time(std::time::Duration::from_secs(2));
    targets = nets
}
criterion_main!(benches);
