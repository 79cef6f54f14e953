using BenchmarkDotNet.Running;
using FundPool.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(RuleBenchmarks).Assembly).Run(args);
