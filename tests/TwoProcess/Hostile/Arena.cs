using System.Globalization;
using Handoff.Transport.Engine.Linux;
using Handoff.TwoProcess.Tests.Host;

namespace Handoff.TwoProcess.Tests.Hostile;

/// <summary>Where one side is attacked, case by case, beside a connection that has to live.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private const int Often = 1_000;
    private const string SeedVariable = "HANDOFF_SEED";

    private readonly LinuxEngine _engine;
    private readonly Palette _palette = new();
    private readonly List<Attack> _sent = [];

    private Arena(LinuxEngine engine, LiveConnection live)
    {
        _engine = engine;
        Live = live;
        End = new HostileEnd(engine);
        Seed = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        Random = new Random(Seed);
        Attacks = new Attacks(Random, _palette);
    }

    public int Seed { get; }

    public Random Random { get; }

    public Attacks Attacks { get; }

    public HostileEnd End { get; }

    public LiveConnection Live { get; }

    // Of the case that runs.
    public IReadOnlyList<Attack> Sent => _sent;

    public static async Task<Arena> OpenAsync()
    {
        var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        return new Arena(engine, await LiveConnection.OpenAsync(engine));
    }

    public void Send(Attack attack)
    {
        _sent.Add(attack);
        End.Send(attack);
    }

    // Every so often all that should live does, and nothing else is open.
    public async Task RunAsync(int cases, Func<ulong, Task> attackAsync)
    {
        Assert.True(await Live.AnswersAsync());
        var before = OpenDescriptors.Count;
        for (var i = 1; i <= cases; i++)
        {
            _sent.Clear();
            try
            {
                await attackAsync((ulong)i);
                if (i % Often != 0) continue;
                await End.DrainAsync();
                Assert.True(await Live.AnswersAsync().WaitAsync(HostileEnd.Bound));

                // The runtime may have had one for a moment when it was counted.
                var now = OpenDescriptors.Count;
                Assert.True(now <= before, $"{now} descriptors are open, and {before} were");
                before = now;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    $"{SeedVariable}={Seed}, case {i}: {string.Join(", ", _sent)}", failure);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        End.Dispose();
        Live.Dispose();
        _palette.Dispose();
        await _engine.DisposeAsync();
    }
}
