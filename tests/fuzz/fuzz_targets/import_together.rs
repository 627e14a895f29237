//! Drives `vpcreach_tests::fuzz::import_together`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(message) = vpcreach_tests::fuzz::import_together(data) {
        panic!("{message}");
    }
});
