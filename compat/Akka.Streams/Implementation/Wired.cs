namespace Akka.Streams.Implementation;

// Parts, the wires between their ports, the ports that stay open, and how their values become one.
internal sealed class Wired(
    Blueprint[] parts, Wire[] wires, PartPort[] ins, PartPort[] outs, Func<object[], object> combine) : Blueprint
{
    public static Blueprint Chain<TLeft, TRight, TMat>(
        Blueprint first, Blueprint second, Func<TLeft, TRight, TMat> combine, bool opens, bool ends) => new Wired(
            [first, second],
            [new Wire(new PartPort(0, 0), new PartPort(1, 0))],
            opens ? [] : [new PartPort(0, 0)],
            ends ? [] : [new PartPort(1, 0)],
            Combining(combine));

    public static Blueprint SideBySide<TLeft, TRight, TMat>(
        Blueprint first, Blueprint second, PartPort[] ins, PartPort[] outs, Func<TLeft, TRight, TMat> combine) =>
        new Wired([first, second], [], ins, outs, Combining(combine));

    public static Func<object[], object> Combining<TLeft, TRight, TMat>(Func<TLeft, TRight, TMat> combine) =>
        values => combine((TLeft)values[0], (TRight)values[1]);

    protected override Laid LayIn(Site site, Attributes effective)
    {
        var laid = new Laid[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            laid[i] = parts[i].Lay(site, effective);
        foreach (var wire in wires)
            site.Connect(laid[wire.From.Part].Outs[wire.From.Port], laid[wire.To.Part].Ins[wire.To.Port]);
        return new Laid(
            Array.ConvertAll(ins, p => laid[p.Part].Ins[p.Port]),
            Array.ConvertAll(outs, p => laid[p.Part].Outs[p.Port]),
            combine(Array.ConvertAll(laid, l => l.Value)));
    }
}
