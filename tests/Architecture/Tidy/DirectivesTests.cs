namespace Handoff.Architecture.Tests.Tidy;

public sealed class DirectivesTests
{
    [Theory]
    [InlineData("#if DEBUG\nclass A { }\n#endif\n")]
    [InlineData("class A\n{\n#if AKKA\n    int a;\n#endif\n}\n")]
    public void A_condition_is_found(string text) => Assert.Single(Directives.Conditional(Parse(text)));

    [Fact]
    public void A_condition_inside_what_is_left_out_is_found_too() =>
        Assert.Equal(2, Directives.Conditional(Parse("#if A\n#elif B\nclass B { }\n#endif\n")).Count());

    [Theory]
    [InlineData("#pragma warning disable CA1000\nclass A { }")]
    [InlineData("#pragma warning disable\nclass A { }")]
    [InlineData("class A { } // why\n#pragma warning disable CA1000 //\n")]
    [InlineData("[SuppressMessage(\"A\", \"B\")] class A { }")]
    [InlineData("[SuppressMessage(\"A\", \"B\", Justification = \"\")] class A { }")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(\"A\", \"B\")] class A { }")]
    public void A_suppression_without_a_reason_is_found(string text) =>
        Assert.Single(Directives.SuppressedWithoutReason(Parse(text)));

    [Theory]
    [InlineData("#pragma warning disable CA1000 // the factory reads best so\nclass A { }")]
    [InlineData("#pragma warning restore CA1000\nclass A { }")]
    [InlineData("[SuppressMessage(\"A\", \"B\", Justification = \"read by the kernel\")] class A { }")]
    [InlineData("[SuppressMessage(\"A\", \"B\")] // read by the kernel\nclass A { }")]
    public void A_reason_on_the_line_is_enough(string text) =>
        Assert.Empty(Directives.SuppressedWithoutReason(Parse(text)));

    [Theory]
    [InlineData("// Copyright\nclass A { }")]
    [InlineData("\n/* Copyright */\nclass A { }")]
    [InlineData("#!/usr/bin/env dotnet\n#:project x\n// Copyright\nusing System;")]
    public void A_header_is_found(string text) => Assert.Single(Directives.Headers(Parse(text)));

    [Theory]
    [InlineData("using System;\n// why\nclass A { }")]
    [InlineData("namespace N;\n\n/// <summary>A.</summary>\npublic class A { }")]
    [InlineData("#pragma warning disable CA1000 // why\nclass A { }")]
    [InlineData("[assembly: A]\n")]
    [InlineData("#:project ../src/Actors\nusing System;")]
    [InlineData("")]
    public void A_file_that_begins_with_code_has_none(string text) =>
        Assert.Empty(Directives.Headers(Parse(text)));

    private static SourceFile Parse(string text) => SourceFile.Parse("src/A.cs", text);
}
