namespace Akka.Streams.Implementation;

// What a graph is made of: a recipe that can be carried out any number of times.
internal abstract class Blueprint
{
    public Attributes Attributes { get; private set; } = Attributes.None;

    public Blueprint With(Attributes attributes)
    {
        var copy = (Blueprint)MemberwiseClone();
        copy.Attributes = attributes;
        return copy;
    }

    public Blueprint And(Attributes attributes) => With(Attributes.And(attributes));

    public Laid Lay(Site site, Attributes inherited)
    {
        var effective = inherited.And(Attributes);
        if (!Attributes.Contains(Attributes.AsyncBoundary.Instance))
            return LayIn(site, effective);
        var around = site.EnterIsland(effective);
        try
        {
            return LayIn(site, effective);
        }
        finally
        {
            site.Return(around);
        }
    }

    protected abstract Laid LayIn(Site site, Attributes effective);
}
