package splice

import "strings"

// PadSize is how many blanks stand behind the text of every packed part.
const PadSize = 19

// Pad is what stands behind the text of every packed part.
var Pad = strings.Repeat(" ", PadSize)

// reset puts a zstd decoder back to where it was at the start of the frame. An
// encoder names the three offsets it used last by short codes, and believes that
// a frame begins with 1, 4 and 8 (RFC 8878 3.1.1.5); behind another part they are
// others, and matches would be copied from the wrong place, silently. So each
// part ends with three matches at offsets 8, 4 and 1, within blanks that they
// themselves bring. Nothing else outlives a block: parts are packed without
// tables of earlier blocks.
var reset = string(resetBlock(nil,
	resetMatch{literals: 8, offsetCode: 3, bits: 0b1_011}, // 8+3 stands for offset 8
	resetMatch{literals: 1, offsetCode: 2, bits: 0b1_11},  // 4+3 for 4
	resetMatch{literals: 1, offsetCode: 2, bits: 0b1_00})) // 4+0 for 1

// resetMatch is a block of blanks and one match of three bytes after them.
type resetMatch struct {
	literals   byte
	offsetCode byte
	bits       byte // what is added to 1<<offsetCode, below the bit that ends the stream
}

func resetBlock(dst []byte, matches ...resetMatch) []byte {
	const (
		sameByte      = 1 // literals are one byte, many times
		oneSequence   = 1
		codesAreGiven = 0x54 // of lengths and offset, as one byte each
		matchOfThree  = 0
	)
	for _, m := range matches {
		block := []byte{m.literals<<3 | sameByte, ' ', oneSequence, codesAreGiven, m.literals, m.offsetCode, matchOfThree, m.bits}
		dst = append(appendBlockHeader(dst, compressedBlock, len(block)), block...)
	}
	return dst
}
