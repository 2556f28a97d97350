using Akka.Configuration;

namespace Akka.TestKit.Configs;

public static class TestConfigs
{
    public static Config DefaultConfig => Embedded("testkit.conf");

    public static Config TestSchedulerConfig => Embedded("scheduler.conf").WithFallback(DefaultConfig);

    private static Config Embedded(string name)
    {
        using var stream = typeof(TestConfigs).Assembly.GetManifestResourceStream(name)
            ?? throw new ConfigurationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
