using Akka.Configuration;
using Handoff.Gateway.Configuration;
using Xunit.Abstractions;

namespace Handoff.Gateway.Tests.Configuration;

public sealed class RandomHoconTests(ITestOutputHelper output)
{
    private const int Texts = 2_000;

    [Fact]
    public void Every_key_of_a_random_text_is_found_on_its_line_and_has_the_value_that_Akka_reads()
    {
        var first = Random.Shared.Next();
        output.WriteLine($"seeds {first} to {first + Texts - 1}");
        for (var seed = first; seed < first + Texts; seed++)
        {
            var random = new RandomHocon(seed);
            var text = random.Write();
            var scan = HoconScanner.Scan(text);
            Assert.True(scan is ScanResult.Scanned, $"seed {seed}: {scan}\n{text}");
            var layout = ((ScanResult.Scanned)scan).Layout;
            var config = ConfigurationFactory.ParseString(text + "\n");

            foreach (var (path, line) in random.Lines)
                Assert.True(layout.Find(path)?.Line == line, $"seed {seed}: line {line}, not {layout.Find(path)}");
            Assert.Equal(random.Lines.Keys.Order(), layout.Keys.Select(k => k.Path).Order());
            foreach (var (path, value) in random.Expected)
                Assert.True(config.GetString(path) == value, $"seed {seed}: {path} is {value}\n{text}");
        }
    }
}
