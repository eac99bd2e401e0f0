package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/clbchat/naamloos/detectors/tagger"
	"github.com/clbchat/naamloos/detectors/tagger/train"
)

// settings are the flags of the commands that train.
type settings struct {
	texts, bio, lists, reserve string
	o                          train.Options
	miss, missOther, false     float64
	rate, drop, l2, dropGroup  float64
	cutoff                     int
}

func (s *settings) register(f *flag.FlagSet) {
	f.StringVar(&s.texts, "texts", "testdata/train", "folder of annotated chats-*.txt and sentences-*.txt")
	f.StringVar(&s.bio, "bio", "", "folder of BIO files (*.tsv.gz) to train on as well")
	f.StringVar(&s.lists, "lists", "detectors/lexicon/lists", "folder of the lists that fill slots")
	f.StringVar(&s.reserve, "reserve", "anonymize/evaluate/names", "folder of names that are kept for measuring and fill no slots")
	f.Uint64Var(&s.o.Seed, "seed", 1, "seed")
	f.IntVar(&s.o.Epochs, "epochs", 8, "epochs before pruning")
	f.IntVar(&s.o.Tune, "tune", 5, "epochs after pruning")
	f.Float64Var(&s.rate, "rate", 0.12, "learning rate")
	f.Float64Var(&s.drop, "drop", 0.1, "share of features left out in each step")
	f.Float64Var(&s.dropGroup, "drop-group", 0, "share of the tokens that go without a group of features, for each group")
	f.IntVar(&s.o.Runs, "runs", 1, "runs that are averaged")
	f.Float64Var(&s.l2, "l2", 0, "pull of weights towards zero")
	f.Float64Var(&s.miss, "miss", 1.5, "cost of a missed token of a person")
	f.Float64Var(&s.missOther, "miss-other", 1.5, "cost of a missed token of another name")
	f.Float64Var(&s.false, "false", 0.3, "cost of a token wrongly taken for a name")
	f.Float64Var(&s.o.Forget, "forget", 0.15, "share of the names taken for names of no list")
	f.Float64Var(&s.o.Vary.Swap, "swap", 0.6, "share of conversations with other names in the slots")
	f.Float64Var(&s.o.Vary.Words, "words", 0.2, "share of the names put in that are also words")
	f.Float64Var(&s.o.Vary.Nouns, "nouns", 0.12, "share of the places for a noun that get one that is also a name")
	f.Float64Var(&s.o.Vary.Lower, "lower", 0.35, "share of conversations in small letters")
	f.Float64Var(&s.o.News, "news", 0.2, "share of the BIO sentences in an epoch")
	f.IntVar(&s.cutoff, "cutoff", 3, "features seen less often are not used")
}

// load reads all training texts and completes the options.
func (s *settings) load(stderr io.Writer) ([]train.Conversation, error) {
	lists, err := train.ReadLists(os.DirFS(s.lists))
	if err != nil {
		return nil, err
	}
	if s.reserve != "" {
		names, err := train.ReadReserved(os.DirFS(s.reserve))
		if err != nil {
			return nil, err
		}
		lists.Reserve(names)
	}
	s.o.Filler = lists.Filler()
	s.o.DropGroup = float32(s.dropGroup)
	s.o.Rate, s.o.Drop, s.o.L2, s.o.Cutoff = float32(s.rate), float32(s.drop), float32(s.l2), uint8(s.cutoff)
	s.o.Costs = train.Costs{Miss: float32(s.miss), MissOther: float32(s.missOther), False: float32(s.false)}
	s.o.Log = func(format string, args ...int) {
		var a []any
		for _, x := range args {
			a = append(a, x)
		}
		fmt.Fprintf(stderr, format+"\n", a...)
	}
	convs, err := readTexts(s.texts)
	if err != nil || s.bio == "" {
		return convs, err
	}
	news, err := readNews(s.bio)
	return append(convs, news...), err
}

func readTexts(dir string) ([]train.Conversation, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var out []train.Conversation
	for _, name := range files {
		read := train.ReadChats
		if strings.HasPrefix(filepath.Base(name), "sentences") {
			read = train.ReadSentences
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		convs, err := read(filepath.Base(name), f)
		f.Close()
		if err != nil {
			return nil, err
		}
		out = append(out, convs...)
	}
	return out, nil
}

func readNews(dir string) ([]train.Conversation, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.tsv.gz"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var out []train.Conversation
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, err
		}
		convs, err := train.ReadBIO(z)
		f.Close()
		if err != nil {
			return nil, err
		}
		out = append(out, convs...)
	}
	return out, nil
}

func modelCommand(args []string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("model", flag.ExitOnError)
	var s settings
	s.register(f)
	out := f.String("o", "detectors/tagger/model.bin", "model file")
	f.Parse(args)
	convs, err := s.load(stderr)
	if err != nil {
		return err
	}
	return os.WriteFile(*out, train.Fit(convs, s.o), 0o644)
}

func foldsCommand(args []string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("folds", flag.ExitOnError)
	var s settings
	s.register(f)
	n := f.Int("n", 5, "number of parts")
	only := f.Int("only", -1, "measure only this part")
	biases := f.String("bias", "0,16,32,48", "biases towards persons in decoding, each measured")
	show := f.Bool("show", false, "print misses and extras with their text, at the first bias")
	f.Parse(args)
	convs, err := s.load(stderr)
	if err != nil {
		return err
	}
	var tallies []*train.Tally
	var values []int
	for _, b := range strings.Split(*biases, ",") {
		v, err := strconv.Atoi(b)
		if err != nil {
			return errBias
		}
		values = append(values, v)
		tallies = append(tallies, train.NewTally())
	}
	if *show {
		tallies[0].Show = func(kind, id, text string, at train.Span) {
			fmt.Fprintf(stdout, "%s\t%s\t%s\t%s\n", kind, id, text[at.Start:at.End], strings.ReplaceAll(text, "\n", " / "))
		}
	}
	err = train.CrossValidate(convs, *n, *only, s.o, func(m *tagger.Model, part []train.Conversation) {
		for i, t := range tallies {
			train.Measure(m, part, values[i], t)
		}
	})
	if err != nil {
		return err
	}
	for i, t := range tallies {
		fmt.Fprintf(stdout, "bias %d\n", values[i])
		t.Write(stdout)
	}
	return nil
}

var errBias = errors.New("-bias: not numbers with commas between")

// lexiconCommand packs the lists, and the Dutch word list when one is given.
func lexiconCommand(args []string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("lexicon", flag.ExitOnError)
	dir := f.String("lists", "detectors/lexicon/lists", "folder of source lists")
	dutch := f.String("dutch", "", "Dutch word list, one word a line, gzip (OpenTaal)")
	out := f.String("o", "detectors/lexicon", "folder of the packed tables")
	f.Parse(args)
	lists, err := train.ReadLists(os.DirFS(*dir))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(*out, "lexicon.bin"), lists.Table(), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(*out, "spelling.bin"), lists.Spelling(), 0o644); err != nil || *dutch == "" {
		return err
	}
	words, err := readWords(*dutch)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(*out, "dutch.bin"), train.DutchFilter(words), 0o644)
}

func readWords(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var out []string
	sc := bufio.NewScanner(z)
	for sc.Scan() {
		out = append(out, sc.Text())
	}
	return out, sc.Err()
}

// tagCommand reads lines {"id","text"} or measures annotated chats with a model file.
func tagCommand(args []string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("tag", flag.ExitOnError)
	model := f.String("model", "detectors/tagger/model.bin", "model file")
	texts := f.String("texts", "", "folder of annotated chats to measure")
	bias := f.Int("bias", 0, "bias towards persons in decoding")
	f.Parse(args)
	data, err := os.ReadFile(*model)
	if err != nil {
		return err
	}
	m, err := tagger.Load(string(data))
	if err != nil {
		return err
	}
	convs, err := readTexts(*texts)
	if err != nil {
		return err
	}
	t := train.NewTally()
	train.Measure(m, convs, *bias, t)
	t.Write(stdout)
	return nil
}
