namespace Akka.Streams.Implementation;

internal sealed class MappedValue<TMat, TMat2>(Blueprint inner, Func<TMat, TMat2> map) : Blueprint
{
    protected override Laid LayIn(Site site, Attributes effective)
    {
        var laid = inner.Lay(site, effective);
        return laid with { Value = map((TMat)laid.Value) };
    }
}
