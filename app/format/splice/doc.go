// Package splice joins parts that were compressed alone into one zstd frame or
// one gzip member, so that a large document of which little changes is never
// compressed whole. It is one frame and one member because many clients read the
// first and no more.
//
// Compressed parts are joined by putting them one behind another, between what
// begins and what ends a frame or a member. A part that was packed decodes to its
// text and PadSize blanks, in both forms: zstd needs them, see reset.go, and all
// forms of a document decode to the same bytes. What is stored instead of packed
// decodes to itself.
package splice
