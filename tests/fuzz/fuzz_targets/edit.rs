//! Drives `vpcreach_tests::fuzz::edit`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(message) = vpcreach_tests::fuzz::edit(data) {
        panic!("{message}");
    }
});
