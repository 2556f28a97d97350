using Handoff.Bench.Measuring;

namespace Handoff.Bench.Echo;

// Scale: how many of what the load counts make one of what the quantities speak of.
internal sealed record EchoCase(string Name, Func<ILoad> Load, double Scale, Quantity Rate, Quantity Cpu)
{
    private const double Megabyte = 1e6;
    private const int SmallRequest = 64;

    public static readonly IReadOnlyList<EchoCase> All =
    [
        .. ((int[])[1, 16, 256]).Select(connections => Of(
            "64 B", connections, () => new Requests(connections, SmallRequest), 1, "requests/s", "us/request")),
        .. ((int[])[1, 16]).Select(connections => Of(
            "bulk", connections, () => new Bulk(connections), Megabyte, "MB/s", "us/MB")),
        Of("connect, 1 B, close", 16, () => new Connects(16), 1, "connections/s", "us/connection"),
    ];

    private static EchoCase Of(
        string what, int connections, Func<ILoad> load, double scale, string rate, string cpu) => new(
        $"{what} x{connections}", load, scale,
        new Quantity("rate", rate, Better.More),
        new Quantity("server cpu", cpu, Better.Less));
}
