using Handoff.Gateway.Configuration;

namespace Handoff.Gateway.Services;

// The handlers there are, by name. Two are without a service of their own: tcpmux and exec give connections away.
internal sealed class ServiceCatalogue
{
    private readonly Dictionary<string, Func<ServiceSettings, IService>> _make = new(StringComparer.Ordinal);
    private readonly List<HandlerKeys> _handlers =
    [
        new(SettingsReader.TcpmuxHandler, ["line-timeout", "max-line", "handoff-timeout"]),
        new(ExecReader.Handler, ExecReader.Keys) { Own = ExecReader.Own },
    ];

    public IReadOnlyList<HandlerKeys> Handlers => _handlers;

    public static ServiceCatalogue Standard(TimeProvider clock) => new ServiceCatalogue()
        .Add("echo", ["buffer"], s => new EchoService(s.Buffer))
        .Add("discard", [], _ => new DiscardService())
        .Add("daytime", [], _ => new DaytimeService(clock))
        .Add("chargen", ["buffer"], s => new ChargenService(s.Buffer))
        .Add("time", [], _ => new TimeService(clock));

    public ServiceCatalogue Add(string handler, IReadOnlyList<string> keys, Func<ServiceSettings, IService> make)
    {
        _make.Add(handler, make);
        _handlers.Add(new HandlerKeys(handler, keys));
        return this;
    }

    public IService Make(ServiceSettings settings) => _make[settings.Handler](settings);
}
