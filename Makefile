# Everything is built and tested as Release: Debug kernels are too slow to test, and studies run what was tested.
SLN := BitSearch.sln
TEST := dotnet test --solution $(SLN) -c Release --no-build --max-parallel-test-modules 1 --no-progress

.PHONY: build test check fix golden bench verify-results ci

build:
	dotnet build $(SLN) -c Release --nologo -v minimal

# Test assemblies run one after another: each of them uses all cores, or measures memory.
test: build
	$(TEST)

check: build
	dotnet format $(SLN) --no-restore --verify-no-changes
	$(TEST)

fix:
	dotnet format $(SLN)

# Tests that compare with a golden file write it instead. Read the difference before committing it.
golden: build
	BITSEARCH_UPDATE_GOLDEN=1 $(TEST)

# Every table of results/ again from its stored trials, and every quoted line of the texts in its source.
verify-results:
	./bitsearch verify-results results --quoted-in README.md --quoted-in docs/ablation.md --quoted-in docs/comparison.md

# make bench, or make bench GROUP=kernels ROUNDS=21; results go to results/bench/ (bench/README.md)
GROUP ?=
ROUNDS ?=
bench:
	OMP_NUM_THREADS=1 dotnet run --project bench/BitSearch.Bench -c Release -- $(GROUP) $(if $(ROUNDS),--rounds $(ROUNDS))

ci:
	.ci/run
