package detectors

import "math/bits"

// Odd constants with well spread bits: the golden ratio and a prime of
// xxHash.
const (
	hashA = 0x9e_37_79_b9_7f_4a_7c_15
	hashB = 0xc2_b2_ae_3d_27_d4_eb_4f
)

// lower8 turns the letters of eight bytes into lower8 ones. It does the same to
// the second bytes of À to Þ in UTF-8.
const lower8 = 0x20_20_20_20_20_20_20_20

// masks keep the first bytes of eight.
var masks = [9]uint64{0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff, 0xff_ffff_ffff, 0xffff_ffff_ffff, 0xff_ffff_ffff_ffff, 1<<64 - 1}

// hashWord hashes a word without regard to case: its length, its first eight
// bytes and, when it is longer, its last eight.
func hashWord[T string | []byte](w T) uint64 {
	n := len(w)
	if n > 8 {
		return mix(n, load8(w, 0)|lower8, load8(w, n-8)|lower8)
	}
	var x uint64
	for i := n - 1; i >= 0; i-- {
		x = x<<8 | uint64(w[i]) | 0x20
	}
	return mix(n, x, 0)
}

func mix(n int, first, last uint64) uint64 {
	h := (first ^ uint64(n)<<56) * hashA
	h = (h ^ h>>32 ^ last) * hashB
	return h ^ h>>29
}

func load8[T string | []byte](w T, i int) uint64 {
	b := w[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

const (
	ones  = 0x01_01_01_01_01_01_01_01
	highs = 0x80 * ones
)

// lettersOf counts the ASCII letters that eight bytes begin with. The answer is
// right up to the first byte beyond ASCII.
func lettersOf(x uint64) int {
	t := x | lower8
	letters := (t + (0x80-'a')*ones) &^ (t + (0x7f-'z')*ones) &^ x
	return bits.TrailingZeros64(^letters&highs) / 8
}

// fold maps a byte to what is compared of it: letters to lower case, bytes of
// UTF-8 to themselves (the second bytes of À to Þ to those of à to þ), and
// everything else to 0.
var fold = func() (t [256]byte) {
	for c := range 256 {
		switch {
		case 'a' <= c && c <= 'z', c >= 0x9f:
			t[c] = byte(c)
		case 'A' <= c && c <= 'Z', c >= 0x80:
			t[c] = byte(c) | 0x20
		}
	}
	return t
}()
