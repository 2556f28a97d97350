using Xunit.Sdk;

namespace Handoff.Architecture.Tests;

public sealed class FindingsTests
{
    [Fact]
    public void A_failure_says_what_to_do_and_then_where()
    {
        Finding[] findings = [new("src/B.cs", 2, "two"), new("src/A.cs", 10, "one"), new("src/A.cs", 9, "none")];
        var failure = Assert.ThrowsAny<XunitException>(() => findings.MustBeNone("Mend it."));
        Assert.Equal("Mend it.\nsrc/A.cs:9: none\nsrc/A.cs:10: one\nsrc/B.cs:2: two", failure.Message);
    }

    [Fact]
    public void Many_findings_are_counted_and_not_all_shown()
    {
        var findings = Enumerable.Range(1, 100).Select(n => new Finding("src/A.cs", n, "long")).ToList();
        Assert.EndsWith("src/A.cs:60: long\n... and 40 more", Findings.Message(findings, "Mend it."),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_finding_is_no_failure() => Array.Empty<Finding>().MustBeNone("Mend it.");
}
