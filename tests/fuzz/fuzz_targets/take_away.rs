//! Drives `vpcreach_tests::fuzz::take_away`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(message) = vpcreach_tests::fuzz::take_away(data) {
        panic!("{message}");
    }
});
