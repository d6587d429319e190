"""Makes the data of this assignment: dates in many written forms, and the names of countries in English and German.

`data/dates.tsv`: each line a date as people write it, a tab, and the same date as ISO 8601 has it (year-month-day). The lines are in random order and no day
comes twice, so that any of them can be held out. `data/countries.tsv`: each line an English and a German name. Both are committed; run this from anywhere to
make them again.

Every written form has one meaning: between slashes the month comes first, between dots and dashes the day; a year of two digits lies from 1950 to 2049.
"""

import datetime
import random
from pathlib import Path

FOLDER = Path(__file__).parent
FIRST, LAST = datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)
NUM_DATES = 12_500

FORMS = [
    "{d} {month} {yyyy}",
    "{month} {d}, {yyyy}",
    "{mon} {d}, {yyyy}",
    "{d} {mon} {yyyy}",
    "{weekday}, {month} {dth} {yyyy}",
    "{wd}, {d} {mon} {yyyy}",
    "{weekday}, {d} {month} {yyyy}",
    "the {dth} of {month} {yyyy}",
    "{month} {dth}, {yyyy}",
    "{yyyy} {month} {d}",
    "{d}-{mon}-{yy}",
    "{dd}.{mm}.{yyyy}",
    "{d}.{m}.{yy}",
    "{mm}/{dd}/{yy}",
    "{m}/{d}/{yyyy}",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
]

COUNTRIES = """
Afghanistan=Afghanistan; Albania=Albanien; Algeria=Algerien; Andorra=Andorra; Angola=Angola; Antigua and Barbuda=Antigua und Barbuda; Argentina=Argentinien;
Armenia=Armenien; Australia=Australien; Austria=Österreich; Azerbaijan=Aserbaidschan; Bahamas=Bahamas; Bahrain=Bahrain; Bangladesh=Bangladesch;
Barbados=Barbados; Belarus=Belarus; Belgium=Belgien; Belize=Belize; Benin=Benin; Bhutan=Bhutan; Bolivia=Bolivien; Bosnia and Herzegovina=Bosnien und Herzegowina;
Botswana=Botsuana; Brazil=Brasilien; Brunei=Brunei; Bulgaria=Bulgarien; Burkina Faso=Burkina Faso; Burundi=Burundi; Cambodia=Kambodscha; Cameroon=Kamerun;
Canada=Kanada; Cape Verde=Kap Verde; Central African Republic=Zentralafrikanische Republik; Chad=Tschad; Chile=Chile; China=China; Colombia=Kolumbien;
Comoros=Komoren; Costa Rica=Costa Rica; Croatia=Kroatien; Cuba=Kuba; Cyprus=Zypern; Czech Republic=Tschechische Republik; Denmark=Dänemark; Djibouti=Dschibuti;
Dominica=Dominica; Dominican Republic=Dominikanische Republik; East Timor=Osttimor; Ecuador=Ecuador; Egypt=Ägypten; El Salvador=El Salvador;
Equatorial Guinea=Äquatorialguinea; Eritrea=Eritrea; Estonia=Estland; Eswatini=Eswatini; Ethiopia=Äthiopien; Fiji=Fidschi; Finland=Finnland; France=Frankreich;
Gabon=Gabun; Gambia=Gambia; Georgia=Georgien; Germany=Deutschland; Ghana=Ghana; Greece=Griechenland; Grenada=Grenada; Guatemala=Guatemala; Guinea=Guinea;
Guinea-Bissau=Guinea-Bissau; Guyana=Guyana; Haiti=Haiti; Honduras=Honduras; Hungary=Ungarn; Iceland=Island; India=Indien; Indonesia=Indonesien; Iran=Iran;
Iraq=Irak; Ireland=Irland; Israel=Israel; Italy=Italien; Ivory Coast=Elfenbeinküste; Jamaica=Jamaika; Japan=Japan; Jordan=Jordanien; Kazakhstan=Kasachstan;
Kenya=Kenia; Kiribati=Kiribati; Kosovo=Kosovo; Kuwait=Kuwait; Kyrgyzstan=Kirgisistan; Laos=Laos; Latvia=Lettland; Lebanon=Libanon; Lesotho=Lesotho;
Liberia=Liberia; Libya=Libyen; Liechtenstein=Liechtenstein; Lithuania=Litauen; Luxembourg=Luxemburg; Madagascar=Madagaskar; Malawi=Malawi; Malaysia=Malaysia;
Maldives=Malediven; Mali=Mali; Malta=Malta; Marshall Islands=Marshallinseln; Mauritania=Mauretanien; Mauritius=Mauritius; Mexico=Mexiko;
Micronesia=Mikronesien; Moldova=Moldau; Monaco=Monaco; Mongolia=Mongolei; Montenegro=Montenegro; Morocco=Marokko; Mozambique=Mosambik; Myanmar=Myanmar;
Namibia=Namibia; Nauru=Nauru; Nepal=Nepal; Netherlands=Niederlande; New Zealand=Neuseeland; Nicaragua=Nicaragua; Niger=Niger; Nigeria=Nigeria;
North Korea=Nordkorea; North Macedonia=Nordmazedonien; Norway=Norwegen; Oman=Oman; Pakistan=Pakistan; Palau=Palau; Panama=Panama;
Papua New Guinea=Papua-Neuguinea; Paraguay=Paraguay; Peru=Peru; Philippines=Philippinen; Poland=Polen; Portugal=Portugal; Qatar=Katar; Romania=Rumänien;
Russia=Russland; Rwanda=Ruanda; Saint Lucia=St. Lucia; Samoa=Samoa; San Marino=San Marino; Saudi Arabia=Saudi-Arabien; Senegal=Senegal; Serbia=Serbien;
Seychelles=Seychellen; Sierra Leone=Sierra Leone; Singapore=Singapur; Slovakia=Slowakei; Slovenia=Slowenien; Solomon Islands=Salomonen; Somalia=Somalia;
South Africa=Südafrika; South Korea=Südkorea; South Sudan=Südsudan; Spain=Spanien; Sri Lanka=Sri Lanka; Sudan=Sudan; Suriname=Suriname; Sweden=Schweden;
Switzerland=Schweiz; Syria=Syrien; Taiwan=Taiwan; Tajikistan=Tadschikistan; Tanzania=Tansania; Thailand=Thailand; Togo=Togo; Tonga=Tonga;
Trinidad and Tobago=Trinidad und Tobago; Tunisia=Tunesien; Turkey=Türkei; Turkmenistan=Turkmenistan; Tuvalu=Tuvalu; Uganda=Uganda; Ukraine=Ukraine;
United Arab Emirates=Vereinigte Arabische Emirate; United Kingdom=Vereinigtes Königreich; United States=Vereinigte Staaten; Uruguay=Uruguay;
Uzbekistan=Usbekistan; Vanuatu=Vanuatu; Vatican City=Vatikanstadt; Venezuela=Venezuela; Vietnam=Vietnam; Yemen=Jemen; Zambia=Sambia; Zimbabwe=Simbabwe;
Abkhazia=Abchasien; Alsace=Elsass; Andalusia=Andalusien; Bavaria=Bayern; Bohemia=Böhmen; Brittany=Bretagne; Burgundy=Burgund; California=Kalifornien;
Carinthia=Kärnten; Castile=Kastilien; Catalonia=Katalonien; Corsica=Korsika; Crete=Kreta; Crimea=Krim; Dalmatia=Dalmatien; England=England;
Faroe Islands=Färöer; Flanders=Flandern; Franconia=Franken; Galicia=Galicien; Greenland=Grönland; Hesse=Hessen; Lapland=Lappland; Lombardy=Lombardei;
Lorraine=Lothringen; Lower Saxony=Niedersachsen; Lusatia=Lausitz; Moravia=Mähren; Normandy=Normandie; Palestine=Palästina; Patagonia=Patagonien;
Pomerania=Pommern; Prussia=Preußen; Puerto Rico=Puerto Rico; Sardinia=Sardinien; Saxony=Sachsen; Scotland=Schottland; Siberia=Sibirien; Sicily=Sizilien;
Silesia=Schlesien; Styria=Steiermark; Swabia=Schwaben; Thuringia=Thüringen; Tibet=Tibet; Tuscany=Toskana; Tyrol=Tirol; Umbria=Umbrien; Wales=Wales;
Westphalia=Westfalen
"""


def with_ending(day):
    """1st, 2nd, 3rd, 4th, …"""
    return f"{day}{'th' if 11 <= day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def written(date, form):
    """A date in one of the forms."""
    return form.format(
        d=date.day, dd=f"{date.day:02}", dth=with_ending(date.day), m=date.month, mm=f"{date.month:02}", yy=f"{date.year % 100:02}", yyyy=date.year,
        month=MONTHS[date.month - 1], mon=MONTHS[date.month - 1][:3], weekday=WEEKDAYS[date.weekday()], wd=WEEKDAYS[date.weekday()][:3],
    )


def write_pairs(name, pairs):
    (FOLDER / "data" / name).write_text("".join(f"{one}\t{other}\n" for one, other in pairs), encoding="utf-8")


def main():
    rng = random.Random(3)
    days = rng.sample(range((LAST - FIRST).days + 1), NUM_DATES)
    dates = [FIRST + datetime.timedelta(day) for day in days]
    write_pairs("dates.tsv", [(written(date, rng.choice(FORMS)), date.isoformat()) for date in dates])

    countries = [tuple(pair.strip().split("=")) for pair in COUNTRIES.split(";")]
    rng.shuffle(countries)
    write_pairs("countries.tsv", countries)


if __name__ == "__main__":
    main()
