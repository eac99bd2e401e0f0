package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize/policy"
)

func newPolicy(s surroundings) *cobra.Command {
	c := &cobra.Command{
		Use:   "policy",
		Short: "show, check and explain what becomes of what is found",
		Args:  noArguments,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newPolicyShow(s), newPolicyCheck(s), newPolicyExplain(s))
	return c
}

func newPolicyShow(s surroundings) *cobra.Command {
	var asSchema bool
	c := &cobra.Command{
		Use:   "show [PRESET]",
		Short: "list the presets, or print the documented file of one",
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) > 1:
				return misusef("name one preset")
			case asSchema:
				_, err := s.stdout.Write(policy.Schema())
				return err
			case len(args) == 0:
				for _, name := range policy.Presets() {
					if _, err := fmt.Fprintln(s.stdout, name); err != nil {
						return err
					}
				}
				return nil
			}
			source, err := policy.Source(args[0])
			if err != nil {
				return misuse{err}
			}
			_, err = s.stdout.Write(source)
			return err
		},
	}
	c.Flags().BoolVar(&asSchema, "schema", false, "print the JSON Schema of policy files")
	return c
}

func newPolicyCheck(s surroundings) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE...",
		Short: "check policy files; an error names file, line and field",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misusef("name a policy file")
			}
			for _, path := range args {
				if _, err := readPolicy(path); err != nil {
					return err
				}
				fmt.Fprintf(s.stderr, "naamloos: %s is good\n", path)
			}
			return nil
		},
	}
}

func newPolicyExplain(s surroundings) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [FILE|PRESET]",
		Short: "tell in words what a policy does, and who can link what to what",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return misusef("name one policy")
			}
			p, err := readPolicy(args0(args))
			if err != nil {
				return err
			}
			return policy.Explain(s.stdout, p)
		},
	}
}
