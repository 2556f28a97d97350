namespace Akka.Configuration.Hocon;

// Reads what Akka 1.5 reads, and as Akka reads it: the last value wins, objects merge, and there is no +=.
// What makes Akka loop for ever or overflow its stack is refused: an element of an array that is none, a value that is
// made of itself, and ${?x}, which Akka takes for the whole document.
internal sealed class HoconParser(string text, Func<string, HoconRoot> include)
{
    private readonly HoconReader _reader = new(text);
    private readonly List<HoconSubstitution> _substitutions = [];

    public HoconRoot Parse()
    {
        var root = new HoconValue();
        _reader.SkipSpaceAndComments();
        ReadMembers(root, "");
        Resolve(root);
        return new HoconRoot(root, _substitutions);
    }

    private void ReadMembers(HoconValue owner, string path)
    {
        var members = ObjectOf(owner);
        while (SkipToToken() && !_reader.TrySkip('}'))
        {
            if (_reader.TryTakeInclude(out var what))
                Include(members, what, path);
            else if (TryTakeKey(out var key))
                ReadMember(members, key, path);
            else
                SkipPunctuation();
        }
    }

    private void ReadMember(HoconObject members, string key, string path)
    {
        var value = members.GetOrCreateKey(key);
        var here = path.Length == 0 ? key : path + "." + key;
        while (SkipToToken())
        {
            if (_reader.TrySkip('.'))
            {
                ReadDotted(value, here);
                return;
            }

            if (_reader.TrySkip('{'))
            {
                ReadMembers(value, here);
                return;
            }

            if (_reader.AtAssignment)
            {
                _reader.Skip();
                if (!value.IsObject())
                    value.Clear();
                ReadValue(value, here);
                return;
            }

            // Whatever else stands between a key and its value is passed over.
            if (!_reader.TryTakeInclude(out _) && !TryTakeKey(out _))
                SkipPunctuation();
        }
    }

    // What follows a dot: an object with one member, which adds to what the owner holds already.
    private void ReadDotted(HoconValue owner, string path)
    {
        var members = ObjectOf(owner);
        while (SkipToToken() && !_reader.TrySkip('}'))
        {
            if (_reader.TryTakeInclude(out var what))
                Include(members, what, path);
            else if (TryTakeKey(out var key))
            {
                ReadMember(members, key, path);
                return;
            }
            else
                SkipPunctuation();
        }
    }

    private void ReadValue(HoconValue owner, string path)
    {
        if (_reader.AtEnd)
            throw new FormatException($"A value was expected ({_reader.Where()}).");
        _reader.SkipSpaceAndComments();
        while (TryReadPart(owner, path))
            if (_reader.AtSpaceOrTab)
                owner.AppendValue(new HoconLiteral { Value = _reader.TakeSpace() });
        _reader.TrySkip(',');
    }

    private bool TryReadPart(HoconValue owner, string path)
    {
        if (_reader.TrySkip('{'))
            ReadMembers(owner, path);
        else if (_reader.TrySkip('['))
            owner.AppendValue(ReadArray(path));
        else if (_reader.AtTripleQuote)
            AppendLiteral(owner, _reader.TakeTripleQuoted());
        else if (_reader.AtQuote)
            AppendLiteral(owner, _reader.TakeQuoted());
        else if (_reader.AtSubstitution)
            AppendSubstitution(owner);
        else if (_reader.AtUnquoted)
            AppendLiteral(owner, _reader.TakeUnquoted());
        else
            return false;
        return true;
    }

    private HoconArray ReadArray(string path)
    {
        var array = new HoconArray();
        while (!_reader.AtEnd && !_reader.TrySkip(']'))
        {
            var before = _reader.Position;
            var element = new HoconValue();
            ReadValue(element, path);
            array.Add(element);
            _reader.SkipSpaceAndComments();
            if (_reader.Position == before)
                throw new FormatException($"{_reader.Next} is no element of an array ({_reader.Where()}).");
        }

        return array;
    }

    private void AppendSubstitution(HoconValue owner)
    {
        var substitution = new HoconSubstitution(_reader.TakeSubstitution());
        _substitutions.Add(substitution);
        owner.AppendValue(substitution);
    }

    // A literal replaces an object that was there before.
    private static void AppendLiteral(HoconValue owner, string literal)
    {
        if (owner.IsObject())
            owner.Clear();
        owner.AppendValue(new HoconLiteral { Value = literal });
    }

    private void Include(HoconObject members, string what, string path)
    {
        var included = include == null
            ? throw new ConfigurationException($"include \"{what}\": nothing here reads files ({_reader.Where()}).")
            : include(what);
        foreach (var substitution in included.Substitutions)
        {
            substitution.Path = path + "." + substitution.Path;
            _substitutions.Add(substitution);
        }

        members.Merge(included.Value.GetObject());
    }

    private bool SkipToToken()
    {
        if (_reader.AtEnd)
            return false;
        _reader.SkipSpaceAndComments();
        return !_reader.AtEnd;
    }

    private bool TryTakeKey(out string key)
    {
        key = _reader.AtQuote ? _reader.TakeQuoted() : _reader.AtKey ? _reader.TakeKey() : null;
        return key != null;
    }

    private void SkipPunctuation()
    {
        if (!_reader.AtAssignment && _reader.Next is not ('.' or '{' or '}' or '[' or ']'))
            throw new FormatException($"'{_reader.Next}' was not expected ({_reader.Where()}).");
        _reader.Skip();
    }

    private static HoconObject ObjectOf(HoconValue owner)
    {
        if (!owner.IsObject())
            owner.NewValue(new HoconObject());
        return owner.GetObject();
    }

    private void Resolve(HoconValue root)
    {
        var all = new Config(new HoconRoot(root));
        foreach (var substitution in _substitutions)
        {
            substitution.ResolvedValue = all.GetValue(substitution.Path)
                ?? throw new FormatException($"Nothing is called {substitution.Path}, which a substitution names.");
            if (Reaches(substitution.ResolvedValue, substitution, []))
                throw new FormatException($"The value of {substitution.Path} is made of itself.");
        }
    }

    private static bool Reaches(HoconValue value, HoconSubstitution sought, HashSet<HoconValue> seen)
    {
        if (value == null || !seen.Add(value))
            return false;
        foreach (var part in value.Values)
        {
            if (ReferenceEquals(part, sought))
                return true;
            if (part is HoconSubstitution other && Reaches(other.ResolvedValue, sought, seen))
                return true;
            if (part is HoconArray array && array.Exists(v => Reaches(v, sought, seen)))
                return true;
        }

        return false;
    }
}
