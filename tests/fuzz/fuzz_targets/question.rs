//! Drives `vpcreach_tests::fuzz::question`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(message) = vpcreach_tests::fuzz::question(data) {
        panic!("{message}");
    }
});
