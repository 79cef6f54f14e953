using System.Globalization;
using BenchmarkDotNet.Running;
using FundPool.Benchmarks;

// whole-way N: claims through the use cases on the cluster of FUNDPOOL_TEST_PG; anything else is BenchmarkDotNet's.
if (args is ["whole-way", { } claims])
{
    return await WholeWay.RunAsync(int.Parse(claims, CultureInfo.InvariantCulture));
}

BenchmarkSwitcher.FromAssembly(typeof(RuleBenchmarks).Assembly).Run(args);
return 0;
