package condatest

import "math/bits"

// bitWriter gathers bits, the highest first.
type bitWriter struct {
	out  []byte
	last uint64
	n    uint
}

func (w *bitWriter) write(value uint64, count uint) {
	for i := count; i > 0; i-- {
		w.last = w.last<<1 | value>>(i-1)&1
		if w.n++; w.n == 8 {
			w.out, w.last, w.n = append(w.out, byte(w.last)), 0, 0
		}
	}
}

func (w *bitWriter) flush() []byte {
	if w.n > 0 {
		w.write(0, 8-w.n)
	}
	return w.out
}

// bitmap writes which bytes are in use: a word for the sixteens, then a word for
// each sixteen that has any.
func (w *bitWriter) bitmap(used []byte) {
	var rows [16]uint64
	var top uint64
	for _, c := range used {
		rows[c>>4] |= 1 << (15 - c&15)
		top |= 1 << (15 - c>>4)
	}
	w.write(top, 16)
	for _, row := range rows {
		if row != 0 {
			w.write(row, 16)
		}
	}
}

// symbols writes two equal code tables for size symbols and then the list. The
// first symbols get a code one bit shorter, so that the code is complete.
func (w *bitWriter) symbols(list []int, size int) {
	long := uint(bits.Len(uint(size - 1)))
	short := 1<<long - size
	for range 2 {
		w.lengths(long, short, size)
	}
	for _, s := range list {
		if s < short {
			w.write(uint64(s), long-1)
		} else {
			w.write(uint64(s+short), long)
		}
	}
}

func (w *bitWriter) lengths(long uint, short, size int) {
	length := long
	if short > 0 {
		length--
	}
	w.write(uint64(length), 5)
	for s := range size {
		if s == short && length < long {
			w.write(0b10, 2)
			length++
		}
		w.write(0, 1)
	}
}
