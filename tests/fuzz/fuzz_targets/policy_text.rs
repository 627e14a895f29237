//! Drives `vpcreach_tests::fuzz::policy_text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(message) = vpcreach_tests::fuzz::policy_text(data) {
        panic!("{message}");
    }
});
