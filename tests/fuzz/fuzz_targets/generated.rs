//! Drives `vpcreach_tests::fuzz::generated`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(message) = vpcreach_tests::fuzz::generated(data) {
        panic!("{message}");
    }
});
