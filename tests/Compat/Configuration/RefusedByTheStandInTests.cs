using Akka.Configuration;

namespace Handoff.Compat.Tests.Configuration;

// What makes the real parser loop for ever, or overflow its stack when the value is read, the stand-in refuses.
// Nothing
// can be asserted of the real one, so these look at which of the two is in use.
public sealed class RefusedByTheStandInTests
{
    [Theory]
    [InlineData("a = [ } ]")]
    [InlineData("a = [ = ]")]
    [InlineData("a = ${a} b")]
    [InlineData("a = ${b}\nb = ${a}")]
    [InlineData("a = [${a}]")]
    [InlineData("a = 1\nb = ${?a}")]
    [InlineData("a = 1\nb = ${\"a\"}")]
    [InlineData("a = 1\nb = ${a")]
    public void A_text_that_would_end_the_process_is_refused(string hocon)
    {
        if (StandIn.IsInUse)
            Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString(hocon));
    }
}
