using System.ComponentModel;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>A test that its class may skip: xunit asks only the method, which all classes of a suite share.</summary>
public sealed class SctpTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For xunit, which makes it again from what it has written down.")]
    public SctpTestCase()
    {
    }

    public SctpTestCase(
        IMessageSink diagnosticMessageSink,
        TestMethodDisplay display,
        TestMethodDisplayOptions displayOptions,
        ITestMethod testMethod)
        : base(diagnosticMessageSink, display, displayOptions, testMethod)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.ToRuntimeType().GetCustomAttribute<SctpNeedsAttribute>()?.SkipReason!;
}
