//! What is wrong with, or open in, templates, plans and states, as data; [`crate::words`] renders it.

use super::inventory::UnknownKind;
use super::problem::problem_kinds;
use crate::answer::Severity;

problem_kinds! {
    ConfigurationProblem, pub code, severity:
    /// The file cannot be read any further; nothing of it is used.
    Unreadable {
        /// `JSON` or `YAML`.
        format: &'static str,
        /// The parser's words.
        detail: String,
    } = "unreadable", Error;
    /// The file ends too early; nothing of it is used.
    EndsTooEarly {
        /// `JSON` or `YAML`.
        format: &'static str,
    } = "endsTooEarly", Error;
    /// The file is nested too deeply, or its aliases multiply beyond measure.
    TooComplex = "tooComplex", Error;
    /// The file is larger than what is read.
    TooLarge {
        /// The limit in MB.
        limit: u32,
    } = "tooLarge", Error;
    /// A key that stands twice in one map of a template; the last one counts.
    DuplicateKeyOfTemplate {
        /// The key.
        key: String,
    } = "duplicateKeyOfTemplate", Warning;
    /// A value that decides something and that the files do not tell.
    Unresolved {
        /// The resource.
        resource: String,
        /// Its property.
        property: String,
        /// Why the value is open.
        cause: UnknownKind,
    } = "unresolved", Warning;
    /// Whether a resource exists is open.
    ConditionOpen {
        /// The resource.
        resource: String,
        /// What its condition depends on.
        cause: UnknownKind,
    } = "conditionOpen", Warning;
    /// A property that is an attribute of something that is not modelled.
    UnknownAttribute {
        /// The resource.
        resource: String,
        /// Its property.
        property: String,
        /// The attribute.
        attribute: String,
    } = "unknownAttribute", Warning;
    /// An id of something that no file describes.
    OutsideReference {
        /// The resource that has it.
        resource: String,
        /// The id.
        id: String,
    } = "outsideReference", Warning;
    /// A parameter is given that no template has.
    UnknownParameter {
        /// Its name.
        name: String,
        /// The nearest name that a template has.
        nearest: Option<String>,
    } = "unknownParameter", Error;
    /// A nested stack whose template is not given.
    NestedTemplateMissing {
        /// Its logical id.
        stack: String,
    } = "nestedTemplateMissing", Warning;
    /// A loop over values that are not known.
    LoopNotEvaluated {
        /// Its name.
        name: String,
    } = "loopNotEvaluated", Warning;
    /// A macro that can change the whole template.
    MacroNotEvaluated {
        /// Its name.
        name: String,
    } = "macroNotEvaluated", Warning;
    /// A custom resource, whose code can change anything.
    CustomResource {
        /// Its type.
        of_type: String,
    } = "customResource", Note;
    /// An empty list of egress rules, which CloudFormation ignores.
    EmptyEgress {
        /// The security group.
        resource: String,
    } = "emptyEgress", Warning;
    /// A resource that can change the answer and is not modelled.
    NotModelled {
        /// The resource.
        resource: String,
        /// Its type.
        of_type: String,
    } = "notModelled", Warning;
    /// Edges of a plan that are taken from the only candidate, not from a reference.
    EdgesInferred {
        /// How many.
        count: usize,
        /// The first one: resource, property, target.
        first: String,
    } = "edgesInferred", Note;
    /// Resources that another file has under the same addresses; that file counts.
    Repeated {
        /// How many.
        count: usize,
        /// The file that counts.
        first: String,
    } = "repeated", Note;
    /// The plan itself says that it failed.
    PlanErrored = "planErrored", Warning;
    /// Terraform's log of a run, without a state in it.
    NoTestState = "noTestState", Error;
    /// Configuration in Terraform's own language, which is not evaluated.
    TerraformSource {
        /// How many files.
        count: usize,
    } = "terraformSource", Warning;
    /// A binary plan file.
    BinaryPlan = "binaryPlan", Warning;
    /// Documents of vpcreach beside other files.
    DocumentBesideOthers = "documentBesideOthers", Warning;
}
