package splice

// The types of blocks in a zstd frame (RFC 8878 3.1.1.2).
const (
	rawBlock        = 0
	runBlock        = 1 // one byte, many times
	compressedBlock = 2
)

const (
	blockHeaderSize = 3
	lastBlock       = 1 // the bit in the first byte of a block's header
)

func appendBlockHeader(dst []byte, kind, size int) []byte {
	h := size<<3 | kind<<1
	return append(dst, byte(h), byte(h>>8), byte(h>>16))
}

// blocksOf returns the blocks of a whole frame, none of them marked as the last.
// It changes frame.
func blocksOf(frame []byte) ([]byte, error) {
	start, err := headerSize(frame)
	if err != nil {
		return nil, err
	}
	for at := start; at+blockHeaderSize <= len(frame); {
		header := int(frame[at]) | int(frame[at+1])<<8 | int(frame[at+2])<<16
		next := at + blockHeaderSize + storedSize(header)
		if header&lastBlock == 0 {
			at = next
			continue
		}
		if next != len(frame) { // a checksum
			return nil, errFrame
		}
		frame[at] &^= lastBlock
		return frame[start:], nil
	}
	return nil, errFrame
}

// storedSize is how long a block is behind its header.
func storedSize(header int) int {
	if header>>1&3 == runBlock {
		return 1
	}
	return header >> 3
}

// headerSize returns the length of a frame's header (RFC 8878 3.1.1.1).
func headerSize(frame []byte) (int, error) {
	if len(frame) <= len(magic) || string(frame[:len(magic)]) != magic {
		return 0, errFrame
	}
	descriptor := frame[len(magic)]
	size := len(magic) + 1 + []int{0, 1, 2, 4}[descriptor&3] + []int{0, 2, 4, 8}[descriptor>>6]
	switch oneSegment := descriptor>>5&1 == 1; {
	case !oneSegment:
		size++ // the window
	case descriptor>>6 == 0:
		size++ // a content size of one byte
	}
	return size, nil
}
