using System.Net;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Handoff.Configuration;

namespace Handoff.Gateway.Configuration;

// From the text of a configuration to settings without a gap, or to every fault that it has.
internal sealed partial class SettingsReader
{
    public const string TcpmuxHandler = "tcpmux";

    private const string Gateway = "gateway";
    private const string Services = Gateway + ".services";
    private const string Defaults = Gateway + ".defaults";
    private const string Control = Gateway + ".control";
    private const string Upgrade = Gateway + ".upgrade";
    private const string Keeper = Gateway + ".keeper";
    private const string Help = "help";

    private static readonly string[] Roots = ["akka", Gateway, "handoff"];
    private static readonly string[] OfGateway =
    [
        "close-timeout", "control", "defaults", "drain-timeout", "keeper", "log-level", "services", "start-timeout",
        "upgrade",
    ];

    private static readonly string[] OfControl = ["enabled", "name"];
    private static readonly string[] OfKeeper = ["connections", "control", "kind", "retry-interval"];
    private static readonly string[] OfUpgrade =
        ["attempts", "move-timeout", "pause-timeout", "retry-interval", "start-timeout"];

    private static readonly string[] OfServiceOrDefaults = ["address", "idle-timeout", "max-connections", "tcpmux"];
    private static readonly string[] OfService = ["handler", "port", .. OfServiceOrDefaults];

    private static readonly Config BuiltIn = ConfigurationFactory.ParseString(ConfigSource.BuiltIn.Text);

    private readonly ConfigSource _source;
    private readonly HoconLayout _layout;
    private readonly Config _config;
    private readonly IReadOnlyList<HandlerKeys> _handlers;
    private readonly ValueReader _values;
    private KeptSettings _kept = new("", Connections: false, RetryInterval: default);

    private SettingsReader(
        ConfigSource source, HoconLayout layout, Config config, IReadOnlyList<HandlerKeys> handlers)
    {
        _source = source;
        _layout = layout;
        _config = config;
        _handlers = [.. handlers.OrderBy(h => h.Name, StringComparer.Ordinal)];
        _values = new ValueReader(source.Name, layout, config, BuiltIn);
    }

    public static SettingsResult Read(ConfigSource source, IReadOnlyList<HandlerKeys> handlers)
    {
        switch (HoconScanner.Scan(source.Text))
        {
            case ScanResult.Broken(var line, var message):
                return Invalid(new ConfigError(source.Name, line, null, message));
            case ScanResult.Scanned(var layout):
                if (!TryParse(source, out var config, out var error)) return Invalid(error);
                return new SettingsReader(source, layout, config, handlers).Read();
            default:
                throw new InvalidOperationException("A scan has no other result.");
        }
    }

    private static SettingsResult.Invalid Invalid(ConfigError error) => new([error]);

    // Akka's parser throws what it likes, without a line; the scanner is there so that this is never seen.
    private static bool TryParse(ConfigSource source, out Config config, out ConfigError error)
    {
        try
        {
            config = ConfigurationFactory.ParseString(source.Text + "\n");
            error = null!;
            return true;
        }
        catch (Exception e)
        {
            config = Config.Empty;
            error = new ConfigError(source.Name, null, null, $"cannot be parsed: {e.Message}");
            return false;
        }
    }

    private SettingsResult Read()
    {
        _values.RefuseUnknown("", Roots);
        string[] blocks = [.. Roots, Control, Defaults, Keeper, Services, Upgrade];
        foreach (var block in blocks) _values.IsBlock(block);
        _values.RefuseUnknown(Gateway, OfGateway);
        _values.RefuseUnknown(Control, OfControl);
        _values.RefuseUnknown(Keeper, OfKeeper);
        _values.RefuseUnknown(Upgrade, OfUpgrade);
        _values.RefuseUnknown(Defaults, OfServiceOrDefaults.Concat(_handlers.SelectMany(h => h.Keys)).Distinct());

        HandoffKeys.Check(_layout, _config, _values);

        _kept = ReadKept();
        var services = ReadServices();
        var settings = new GatewaySettings(_source.Name, _layout, services)
        {
            LogLevel = _values.Read(ValueTypes.OneOf("debug", "info", "warning", "error"), "gateway.log-level")!,
            StartTimeout = _values.Read(Wait, "gateway.start-timeout"),
            DrainTimeout = _values.Read(Wait, "gateway.drain-timeout"),
            CloseTimeout = _values.Read(Wait, "gateway.close-timeout"),
            ProgramStopTimeout = services.Exists(s => s.Exec is not null) && _values.Errors.Count == 0
                ? new ChildSettings(_config.WithFallback(HandoffSettings.Reference)).StopTimeout
                : TimeSpan.Zero,
            Control = ReadControl(),
            Kept = _kept,
            Upgrade = ReadUpgrade(),
            System = _config,
        };
        if (_values.Errors.Count == 0) RefuseUnreachable(services);
        return _values.Errors.Count == 0
            ? new SettingsResult.Valid(settings)
            : new SettingsResult.Invalid(_values.Errors);
    }

    private static ValueType<TimeSpan> Wait { get; } =
        ValueTypes.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));

    private KeptSettings ReadKept()
    {
        var kept = new KeptSettings(
            _values.Read(ValueTypes.AnyText, $"{Keeper}.control") ?? "",
            _values.Read(ValueTypes.Flag, $"{Keeper}.connections"),
            _values.Read(Wait, $"{Keeper}.retry-interval"))
        {
            IsManagers = _values.Read(ValueTypes.OneOf("process", "systemd"), $"{Keeper}.kind") == "systemd",
        };
        if (kept is { IsManagers: true, Control.Length: > 0 })
            _values.Fault($"{Keeper}.control", "is of a keeper; of kind = systemd there is no path");
        return kept;
    }

    private ControlSettings ReadControl() => new(
        _values.Read(ValueTypes.Flag, $"{Control}.enabled"), _values.Read(ValueTypes.Word, $"{Control}.name") ?? "")
    {
        IsChosen = _layout.Find($"{Control}.name") is not null,
    };

    private UpgradeSettings ReadUpgrade() => new()
    {
        StartTimeout = _values.Read(Wait, $"{Upgrade}.start-timeout"),
        PauseTimeout = _values.Read(Wait, $"{Upgrade}.pause-timeout"),
        MoveTimeout = _values.Read(Wait, $"{Upgrade}.move-timeout"),
        RetryInterval = _values.Read(Wait, $"{Upgrade}.retry-interval"),
        Attempts = _values.Read(ValueTypes.Count(1, 1000), $"{Upgrade}.attempts"),
    };

    private List<ServiceSettings> ReadServices()
    {
        var services = new List<ServiceSettings>();
        if (!_values.IsBlock(Services)) return services;
        foreach (var block in _layout.In(Services))
        {
            if (ReadService(block) is { } service) services.Add(service);
        }

        if (services.Count == 0 && _values.Errors.Count == 0) _values.Fault(Services, "there is no service");
        return services;
    }

    private ServiceSettings? ReadService(HoconKey block)
    {
        var name = block.Names[^1];
        if (!ServiceName().IsMatch(name))
        {
            _values.Fault(block.Path, "a service's name is 1 to 32 letters, digits, - and _");
            return null;
        }

        if (name.Equals(Help, StringComparison.OrdinalIgnoreCase))
        {
            _values.Fault(block.Path, "the name is reserved: tcpmux answers it with the list of services");
            return null;
        }

        if (!_values.IsBlock(block.Path) || ReadHandler(block.Path, name) is not { } handler) return null;
        var isExec = handler.Name == ExecReader.Handler;
        _values.RefuseUnknown(block.Path, OfService.Concat(handler.Keys).Concat(handler.Own));

        string[] At(string key) => [$"{block.Path}.{key}", $"{Defaults}.{key}"];
        return new ServiceSettings(
            name,
            handler.Name,
            _values.Read(ValueTypes.Address, At("address")) ?? IPAddress.None,
            _values.Read(ValueTypes.Port, $"{block.Path}.port"))
        {
            Tcpmux = _values.Read(ValueTypes.Flag, At("tcpmux")) && handler.Name != TcpmuxHandler && !isExec,
            MaxConnections = _values.Read(ValueTypes.Count(1, 1_000_000), At("max-connections")),
            IdleTimeout = _values.Read(ValueTypes.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(24)),
                At("idle-timeout")),
            Buffer = _values.Read(ValueTypes.Size(74, 1 << 20), At("buffer")),
            LineTimeout = _values.Read(Wait, At("line-timeout")),
            MaxLine = _values.Read(ValueTypes.Size(34, 64 << 10), At("max-line")),
            HandoffTimeout = _values.Read(Wait, At("handoff-timeout")),
            Exec = isExec ? ExecReader.Read(_values, _layout, block.Path, Defaults) : null,
            Kept = _kept,
        };
    }

    private HandlerKeys? ReadHandler(string block, string name)
    {
        var path = $"{block}.handler";
        var word = _layout.Find(path) is null ? name : _values.Read(ValueTypes.Word, path);
        if (word is null) return null;
        var handler = _handlers.FirstOrDefault(h => h.Name == word);
        if (handler is null)
        {
            var known = string.Join(", ", _handlers.Select(h => h.Name));
            _values.Fault(path, $"unknown handler \"{word}\"; known handlers are {known}");
        }

        return handler;
    }

    private void RefuseUnreachable(List<ServiceSettings> services)
    {
        var byTcpmux = services.Any(s => s.Handler == TcpmuxHandler);
        for (var i = 0; i < services.Count; i++)
        {
            var service = services[i];
            if (service.Port is null && !(service.Tcpmux && byTcpmux))
                _values.Fault(service.PortKey, "none, but tcpmux does not reach the service either");
            foreach (var earlier in services.Take(i))
            {
                if (service.Port is > 0 && service.EndPoint!.Equals(earlier.EndPoint))
                    _values.Fault(service.PortKey, $"{service.EndPoint} is taken by service {earlier.Name}");
                if (service.Name.Equals(earlier.Name, StringComparison.OrdinalIgnoreCase))
                    _values.Fault($"{Services}.{service.Name}", $"tcpmux cannot tell it from {earlier.Name}");
            }
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,32}\z")]
    private static partial Regex ServiceName();
}
